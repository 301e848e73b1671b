"""People, and what was done to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true, tuple_
from sqlalchemy.orm import selectinload

from app.accounts.auditing import Action, AuditEntry
from app.accounts.permissions import STORED_ROLES, Role
from app.accounts.user import HeldRole, User
from app.core.db import db
from app.core.web.pages import Page, decode_cursor, encode_cursor

ROWS = 50
ENTRIES = 30


class Group(StrEnum):
    """The tabs of the list."""

    STAFF = "staff"
    INVITED = "invited"
    EVERYONE = "everyone"


class Standing(StrEnum):
    """How somebody stands with this desk."""

    ACTIVE = "active"
    INVITED = "invited"
    GUEST = "guest"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list; roles are those that are given, highest last."""

    id: int
    name: str
    email: str
    roles: tuple[Role, ...]
    standing: Standing
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EntryRow:
    """Something that was done to a person; nobody by name did what was done at the command line."""

    action: Action
    actor_name: str | None
    at: datetime
    detail: dict[str, Any]


def people(group: Group, *, text: str, after: str) -> Page[PersonRow]:
    """A page of a group, by name; `text` is looked for in names and addresses.

    Everybody is read in the order of an index, to the end of the page.
    """
    found = select(User).where(_in_group(group), _mentions(text), _behind(after))
    found = found.options(selectinload(User.held))
    users = db.session.scalars(found.order_by(User.name, User.id).limit(ROWS + 1)).all()
    more = len(users) > ROWS
    last = users[ROWS - 1] if more else None
    return Page(
        items=[row_of(user) for user in users[:ROWS]],
        after=encode_cursor(last.name, last.id) if last else None,
    )


def counts() -> dict[Group, int]:
    """How many there are in the groups that are small."""
    groups = (Group.STAFF, Group.INVITED)
    each = [select(func.count(User.id)).where(_in_group(g)).scalar_subquery() for g in groups]
    return dict(zip(groups, db.session.execute(select(*each)).one(), strict=True))


def row_of(user: User) -> PersonRow:
    """A person as a row."""
    roles = tuple(role for role in STORED_ROLES if role in user.roles)
    return PersonRow(user.id, user.name, user.email, roles, _standing(user), user.created_at)


def entries_about(user_id: int) -> Sequence[EntryRow]:
    """The last things done to a person, the newest first."""
    rows = db.session.execute(
        select(AuditEntry.action, User.name, AuditEntry.at, AuditEntry.detail)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.subject_id == user_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(ENTRIES)
    )
    return [EntryRow(*row) for row in rows]


def _in_group(group: Group) -> ColumnElement[bool]:
    has_role = User.id.in_(select(HeldRole.user_id))  # few: they are looked up, then sorted
    invited = User.confirmed_at.is_(None) & User.deactivated_at.is_(None)
    match group:
        case Group.STAFF:
            return has_role & ~invited
        case Group.INVITED:
            return has_role & invited
        case Group.EVERYONE:
            return true()


def _mentions(text: str) -> ColumnElement[bool]:
    if not text:
        return true()
    return or_(
        User.name.icontains(text, autoescape=True), User.email.icontains(text, autoescape=True)
    )


def _behind(after: str) -> ColumnElement[bool]:
    match decode_cursor(after, parts=2):
        case [str(name), int(user_id)]:
            return tuple_(User.name, User.id) > (name, user_id)
        case _:
            return true()


def _standing(user: User) -> Standing:
    if user.deactivated_at is not None:
        return Standing.DEACTIVATED
    if user.confirmed_at is not None:
        return Standing.ACTIVE
    return Standing.INVITED if user.held else Standing.GUEST
