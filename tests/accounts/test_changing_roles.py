"""Roles are given and taken by admins, and one admin always stays."""

from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import changing_roles, people
from app.accounts.auditing import Action, AuditEntry
from app.accounts.permissions import Permission, Role
from app.accounts.user import User
from app.core.db import db
from app.core.errors import Conflict, NotAllowed
from app.core.uow import unit_of_work
from tests.accounts.altering import alter
from tests.support.cast import Cast


def change(user: User, *roles: Role, by: User | None) -> frozenset[Role]:
    with unit_of_work():
        changing_roles.change_roles(user, to=roles, by=by)
    db.session.expire_all()
    return db.session.get_one(User, user.id).roles - {Role.USER}


def entries() -> list[tuple[Any, ...]]:
    found = select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.subject_id, AuditEntry.detail)
    return [tuple(row) for row in db.session.execute(found.order_by(AuditEntry.id))]


def test_an_admin_gives_and_takes_roles_and_each_is_written_down(cast: Cast) -> None:
    assert change(cast.agent, Role.LEAD, by=cast.admin) == {Role.LEAD}
    assert entries() == [
        (Action.ROLE_GRANTED, cast.admin.id, cast.agent.id, {"role": "lead"}),
        (Action.ROLE_REVOKED, cast.admin.id, cast.agent.id, {"role": "agent"}),
    ]


def test_what_is_held_already_is_not_written_down_again(cast: Cast) -> None:
    assert change(cast.agent, Role.AGENT, by=cast.admin) == {Role.AGENT}
    assert entries() == []


@pytest.mark.parametrize("who", ["lead", "agent", "moderator", "customer"])
def test_nobody_else_gives_a_role_not_even_their_own(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    for act in (changing_roles.grant, changing_roles.revoke):
        with pytest.raises(NotAllowed), unit_of_work():
            act(cast.stranger, role=Role.AGENT, by=by)
    for act in (changing_roles.deactivate, changing_roles.reactivate):
        with pytest.raises(NotAllowed), unit_of_work():
            act(cast.stranger, by=by)
    assert change(cast.stranger, by=None) == frozenset()


def test_the_last_admin_keeps_the_role_and_the_account(cast: Cast) -> None:
    with pytest.raises(Conflict):
        change(cast.admin, by=cast.admin)
    with pytest.raises(Conflict), unit_of_work():
        changing_roles.deactivate(cast.admin, by=cast.admin)
    db.session.expire_all()
    admin = db.session.get_one(User, cast.admin.id)
    assert admin.is_active
    assert admin.may(Permission.PEOPLE_MANAGE)


def test_one_of_two_admins_may_go(cast: Cast) -> None:
    change(cast.lead, Role.LEAD, Role.ADMIN, by=cast.admin)
    assert change(cast.admin, by=cast.admin) == frozenset()


def test_an_admin_who_cannot_sign_in_does_not_count(cast: Cast) -> None:
    change(cast.lead, Role.LEAD, Role.ADMIN, by=cast.admin)
    alter(cast.lead.email, confirmed_at=None)
    with pytest.raises(Conflict):
        change(cast.admin, by=cast.admin)


def test_deactivating_ends_sessions_and_keeps_roles_for_a_return(cast: Cast) -> None:
    before = cast.agent.get_id()
    with unit_of_work():
        changing_roles.deactivate(cast.agent, by=cast.admin)
    agent = people.with_address("ben@house.example")
    assert not agent.is_active
    assert agent.get_id() != before
    assert agent.id not in people.names_with(Permission.TICKETS_READ)
    with unit_of_work():
        changing_roles.reactivate(agent, by=cast.admin)
    assert people.with_address("ben@house.example").may(Permission.TICKETS_READ)
    assert [row[0] for row in entries()] == [Action.DEACTIVATED, Action.REACTIVATED]


def test_letting_somebody_in_twice_changes_nothing(cast: Cast) -> None:
    with unit_of_work():
        changing_roles.reactivate(cast.agent, by=cast.admin)
    assert entries() == []


def test_only_people_who_can_sign_in_are_offered_as_holders(cast: Cast) -> None:
    with unit_of_work():
        invited = people.person_for("ivy@house.example", name="Ivy Invited")
        changing_roles.grant(invited, role=Role.AGENT, by=None)
    assert [*people.names_with(Permission.TICKETS_READ).values()] == ["Ada Lead", "Ben Agent"]
