"""Inviting people whose roles are to be right from the beginning."""

from collections.abc import Collection

from app.accounts import auditing, changing_roles, jobs, people
from app.accounts.auditing import Action
from app.accounts.permissions import Role
from app.accounts.user import User
from app.core.errors import Conflict
from app.core.uow import verb


@verb
def invite(*, email: str, name: str, roles: Collection[Role], by: User) -> User:
    """Admit somebody and have the worker mail them how to get in.

    Raises InvalidInput (field `email`), NotAllowed, and Conflict for somebody who was deactivated.
    """
    user = admit(email=email, name=name, roles=roles, by=by)
    jobs.mail_invitation.later(user_id=user.id, by_id=by.id)
    return user


@verb
def admit(*, email: str, name: str, roles: Collection[Role], by: User | None) -> User:
    """Give these roles to the person at the address, on top of what they hold; made if need be."""
    user = people.person_for(email, name=name)
    if user.deactivated_at is not None:
        raise Conflict(f"{user.name} was deactivated. Open that account again instead.")
    for role in roles:
        changing_roles.grant(user, role=role, by=by)
    auditing.note(Action.INVITED, about=user, by=by)
    return user
