"""Conditions of a search as SQL.

A condition becomes a clause, which is the same for all searches of its shape, and values.  So the
statement of a shape is made once; which of its clauses an index answers is decided in `leading.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.types import TypeEngine

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core.db import UtcDateTime, at_most, like, plain_rows
from app.tickets.inbox.language import Condition, NotUnderstood, Operator
from app.tickets.tag import Tag, ticket_tags
from app.tickets.ticket import DONE, URGENCIES, Priority, Stage, Status, Ticket

STATUSES = {"waiting": "waiting_customer", "hold": "waiting_third", "solved": "resolved"}
STAGES = {"open": Stage.OPEN, "waiting": Stage.WAITING, "solved": Stage.DONE}
NAMED_ALIKE = 100
"""So many requesters of a name are looked at; whoever means one of more uses the mail address."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a condition is, but for its values."""

    operator: Operator
    variant: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A condition whose names have been looked up."""

    shape: Shape
    values: Mapping[str, Any]


def resolve(condition: Condition, *, me: int) -> Resolved:
    """Look up what a condition names.  Raises NotUnderstood for somebody or something unknown."""
    variant, values = _resolved(condition, me)
    return Resolved(Shape(condition.operator, variant, condition.negated), values)


def _resolved(condition: Condition, me: int) -> tuple[str, dict[str, Any]]:
    value = condition.value
    match condition.operator:
        case Operator.STATUS:
            status = Status(STATUSES.get(value, value))
            return "done" if status in DONE else "active", {"a": status}
        case Operator.ASSIGNEE if value.lower() == "none":
            return "none", {}
        case Operator.ASSIGNEE:
            return "", {"a": me if value.lower() == "me" else _colleague(condition)}
        case Operator.TEAM:
            return ("none", {}) if value.lower() == "none" else ("", {"a": _team(condition)})
        case Operator.TAG:
            return "", {"a": value.lower().lstrip("#")}
        case Operator.FROM:
            mail = value.lower() if "@" in value else _only_address(value)
            return ("mail", {"a": mail}) if mail else ("name", {"a": _in_names(value)})
        case Operator.CREATED | Operator.UPDATED:
            assert condition.span
            bounds = {"a": condition.span.start, "b": condition.span.end}
            given = {name: at for name, at in bounds.items() if at}
            return "".join(given), given
        case Operator.PRIORITY:
            return "", {"a": URGENCIES[Priority(value)]}
        case Operator.CHANNEL:
            return "", {"a": value}
        case _:
            return value, {}


def clause(shape: Shape, place: int) -> ColumnElement[bool]:
    """The SQL of a shape; its values are parameters named by their place in the search."""
    found = _clause(shape, place)
    return not_(found) if shape.negated else found


def tag_named(place: int) -> ScalarSelect[int]:
    """The id of the tag that the condition at this place names."""
    named = Tag.name == bindparam(f"a{place}", type_=String)
    return select(Tag.id).where(named).scalar_subquery()


def parameters(resolved: Resolved, place: int) -> dict[str, Any]:
    """The values of a condition under the names that its clause has."""
    return {f"{name}{place}": value for name, value in resolved.values.items()}


def _clause(shape: Shape, place: int) -> ColumnElement[bool]:
    a = f"a{place}"
    match shape.operator, shape.variant:
        case Operator.STATUS, _:
            return Ticket.status == _said(a, Ticket.status.type)
        case Operator.IS, "active":
            return Ticket.active == 1
        case Operator.IS, "unassigned":
            return (Ticket.active == 1) & Ticket.assignee_id.is_(None)
        case Operator.IS, "snoozed":
            return Ticket.snoozed_at.is_not(None)
        case Operator.IS, stage:
            return Ticket.stage == STAGES[stage]
        case Operator.ASSIGNEE, "none":
            return Ticket.assignee_id.is_(None)
        case Operator.ASSIGNEE, _:
            return _same(Ticket.assignee_id, a, shape)
        case Operator.TEAM, "none":
            return Ticket.team_id.is_(None)
        case Operator.TEAM, _:
            return _same(Ticket.team_id, a, shape)
        case Operator.PRIORITY, _:
            return Ticket.urgency == _said(a, Integer())
        case Operator.CHANNEL, _:
            return Ticket.channel == _said(a, Ticket.channel.type)
        case Operator.TAG, _:
            held = ticket_tags.alias()
            return exists().where(held.c.ticket_id == Ticket.id, held.c.tag_id == tag_named(place))
        case Operator.FROM, "mail":
            return Ticket.requester_id == (
                select(User.id).where(User.email == bindparam(a, type_=String)).scalar_subquery()
            )
        case Operator.FROM, _:
            alike = select(User.id).where(_called(a)).limit(at_most(NAMED_ALIKE))
            return Ticket.requester_id.in_(alike)
        case Operator.HAS, _:
            return Ticket.with_files == literal_column("1")
        case Operator.CREATED | Operator.UPDATED, bounds:
            column = Ticket.created_at if shape.operator is Operator.CREATED else Ticket.updated_at
            start = column >= bindparam(a, type_=UtcDateTime)
            end = column < bindparam(f"b{place}", type_=UtcDateTime)
            return start & end if bounds == "ab" else start if bounds == "a" else end
    raise AssertionError(shape)


def _said(name: str, type_: TypeEngine[Any]) -> BindParameter[Any]:
    """A value that stands in the statement: of few, some are on most tickets and some on none.

    PostgreSQL, which plans a parameter once for all its values, would look for none among all tickets.
    """
    return bindparam(name, type_=type_, literal_execute=True)


def _same(column: Any, name: str, shape: Shape) -> ColumnElement[bool]:
    """Whether a column that may be empty holds the value; "not" holds for empty ones too."""
    value = _said(name, Integer())
    return func.coalesce(column, 0) == value if shape.negated else column == value


def _only_address(name: str) -> str | None:
    """The address of the person who is called so, if it is one: an index has their tickets in order."""
    found = plain_rows(_ADDRESSES, {"a": _in_names(name)})
    return found[0].email if len(found) == 1 else None


def _called(a: str) -> ColumnElement[bool]:
    return func.lower(User.name).like(bindparam(a, type_=String), escape="/")


def _in_names(name: str) -> str:
    return f"%{like(name.lower())}%"


_ADDRESSES = select(User.email).where(_called("a")).limit(at_most(2))


def _colleague(condition: Condition) -> int:
    wanted = condition.value.lower()
    staff = people.names_with(Permission.TICKETS_REPLY)
    exact = [key for key, name in staff.items() if name.lower() == wanted]
    like = exact or [key for key, name in staff.items() if wanted in name.lower()]
    if len(like) == 1:
        return like[0]
    if like:
        names = ", ".join(staff[key] for key in like[:3])
        raise _fault(condition, f"Several colleagues are called that: {names}.")
    raise _fault(condition, f"No colleague is called “{condition.value}”. Try me, none or a name.")


def _team(condition: Condition) -> int:
    wanted = condition.value.lower()
    names = teams.team_names()
    exact = [key for key, name in names.items() if name.lower() == wanted]
    like = exact or [key for key, name in names.items() if wanted in name.lower()]
    if len(like) == 1:
        return like[0]
    known = ", ".join(names.values()) or "there are none yet"
    raise _fault(condition, f"No team is called “{condition.value}”. Teams: {known}.")


def _fault(condition: Condition, message: str) -> NotUnderstood:
    return NotUnderstood(message, start=condition.start, end=condition.end)
