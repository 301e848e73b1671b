"""Giving and taking roles, letting people go and back in.

Only who may manage people does any of it; at the command line nobody (`by` is None) stands for the
owner of the machine.  Somebody must be left who could undo it: the last admin stays one.
"""

from collections.abc import Collection

from sqlalchemy import func, select

from app.accounts import auditing, people
from app.accounts.auditing import Action
from app.accounts.people import may_sign_in
from app.accounts.permissions import STORED_ROLES, Permission, Role
from app.accounts.user import HeldRole, User, new_session_key
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotAllowed
from app.core.uow import verb
from app.core.web.page_cache import bump


@verb
def change_roles(person: User, *, to: Collection[Role], by: User | None) -> None:
    """Let the person hold exactly these roles, beside that of every user.

    Begins with admin, so that a refusal comes before any change.  Raises as `grant` and `revoke`.
    """
    _insist_on_manager(by)
    for role in reversed(STORED_ROLES):
        if role in to:
            _grant(person, role, by)
        else:
            _revoke(person, role, by)


@verb
def grant(person: User, *, role: Role, by: User | None) -> None:
    """Give a role.  Raises NotAllowed for somebody who may not manage people."""
    _insist_on_manager(by)
    _grant(person, role, by)


@verb
def revoke(person: User, *, role: Role, by: User | None) -> None:
    """Take a role away.  Raises NotAllowed, and Conflict for the role of the last admin."""
    _insist_on_manager(by)
    _revoke(person, role, by)


@verb
def deactivate(person: User, *, by: User | None) -> None:
    """Shut somebody out, at once and everywhere; what they wrote stays.

    Raises NotAllowed, and Conflict for the last admin.
    """
    _insist_on_manager(by)
    if person.deactivated_at is not None:
        return
    if _hold(person, Role.ADMIN):
        _leave_an_admin(besides=person)
    person.deactivated_at = clock.now()
    person.session_key = new_session_key()
    bump(people.STAMP)
    auditing.note(Action.DEACTIVATED, about=person, by=by)


@verb
def reactivate(person: User, *, by: User | None) -> None:
    """Let somebody in again, with the roles and the password of before.  Raises NotAllowed."""
    _insist_on_manager(by)
    if person.deactivated_at is not None:
        person.deactivated_at = None
        bump(people.STAMP)
        auditing.note(Action.REACTIVATED, about=person, by=by)


def _insist_on_manager(by: User | None) -> None:
    if by is not None and not by.may(Permission.PEOPLE_MANAGE):
        raise NotAllowed("Only an administrator gives and takes roles.")


def _grant(person: User, role: Role, by: User | None) -> None:
    if _hold(person, role) is None:
        db.session.add(HeldRole(user_id=person.id, role=role))
        db.session.expire(person, ["held"])
        bump(people.STAMP)
        auditing.note(Action.ROLE_GRANTED, about=person, by=by, role=role.value)


def _revoke(person: User, role: Role, by: User | None) -> None:
    held = _hold(person, role)
    if held is None:
        return
    if role is Role.ADMIN:
        _leave_an_admin(besides=person)
    db.session.delete(held)
    db.session.expire(person, ["held"])
    bump(people.STAMP)
    auditing.note(Action.ROLE_REVOKED, about=person, by=by, role=role.value)


def _hold(person: User, role: Role) -> HeldRole | None:
    return db.session.get(HeldRole, (person.id, role), populate_existing=True)


def _leave_an_admin(*, besides: User) -> None:
    """Raises Conflict when nobody else could administer.  Locks, so that two cannot go at once."""
    admins = select(HeldRole.user_id).where(HeldRole.role == Role.ADMIN)
    db.session.scalars(admins.with_for_update()).all()
    others = select(func.count()).where(User.id.in_(admins), User.id != besides.id, may_sign_in())
    if not db.session.scalar(others):
        raise Conflict(
            f"{besides.name} is the only administrator who can sign in. Give somebody else the role first."
        )
