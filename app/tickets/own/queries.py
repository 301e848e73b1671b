"""Reading tickets for those who ask: their lists, by key, in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
    union,
)

from app.accounts import organisations
from app.accounts.user import User
from app.core.db import UtcDateTime, at_most, db
from app.core.web.filters import MANY
from app.core.web.pages import Page, decode_cursor, encode_cursor
from app.search.asked import Asked
from app.tickets.access import of_organisation, taking_part, visible_messages
from app.tickets.message import Message
from app.tickets.participant import Participant
from app.tickets.ticket import Status, Ticket

AnySelect = Select[*tuple[Any, ...]]

ROWS = 30
FEW = 3


class Pile(StrEnum):
    """The lists of a customer."""

    OPEN = "open"
    SOLVED = "solved"
    COPIED = "copied"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A line of a customer's list."""

    id: int
    subject: str
    status: Status
    updated_at: datetime
    requester_id: int
    requester_name: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who takes part in a ticket."""

    id: int
    name: str
    email: str


def own_tickets(pile: Pile, user: User, *, after: str = "") -> Page[OwnRow]:
    """A page of a list, what changed last first."""
    values = _position(after)
    rows = db.session.execute(_own(pile, continued=bool(values)), _whose(user) | values)
    return _page([OwnRow(*row) for row in rows])


def found_tickets(text: str, user: User, *, after: str = "") -> Page[OwnRow]:
    """A page of everything this person may see as a customer that holds all the words, or is the number."""
    asked, values = Asked.from_text(text), _position(after)
    numbered = cast(Ticket.id, String) == asked.typed.lstrip("#")
    holds = or_(numbered, _saying(len(asked.words), user)) if asked.words else numbered
    found = _found(continued=bool(values)).where(holds)
    rows = db.session.execute(found, _whose(user) | values | asked.patterns)
    return _page([OwnRow(*row) for row in rows])


def own_counts(user: User) -> dict[Pile, int]:
    """How many tickets lie on each pile that this person has, counted to `MANY` at most."""
    counts = db.session.execute(_own_counts(), _whose(user)).one()
    found = dict(zip(Pile, counts, strict=True))
    if not organisations.shared_name(user):
        del found[Pile.ORGANISATION]
    if not found[Pile.COPIED]:
        del found[Pile.COPIED]
    return found


def few_open(user: User) -> Sequence[OwnRow]:
    """The last few open tickets of this person: they may be about to ask once more."""
    rows = db.session.execute(_own(Pile.OPEN, continued=False), _whose(user))
    return [OwnRow(*row) for row in rows.fetchmany(FEW)]


def people_on(ticket: Ticket) -> Sequence[PersonRow]:
    """Who is in copy, by name."""
    return [PersonRow(*row) for row in db.session.execute(_IN_COPY, {"ticket": ticket.id})]


def _whose(user: User) -> dict[str, Any]:
    return {"me": user.id, "organisation": user.organisation_id}


def _position(after: str) -> dict[str, Any]:
    """The values of a cursor, by name; none for the first page and for nonsense."""
    match decode_cursor(after, parts=2):
        case [str(at), int(number)]:
            try:
                return {"at": datetime.fromisoformat(at).astimezone(UTC), "number": number}
            except (ValueError, OverflowError):  # no time, or none in UTC
                return {}
    return {}


def _page(rows: list[OwnRow]) -> Page[OwnRow]:
    if len(rows) <= ROWS:
        return Page(rows)
    last = rows[ROWS - 1]
    return Page(rows[:ROWS], encode_cursor(last.updated_at.isoformat(), last.id))


# Statements are made once: making one costs more than running it.

_ME = bindparam("me", type_=Integer)
_ORGANISATION = bindparam("organisation", type_=Integer)

_IN_COPY = (
    select(User.id, User.name, User.email)
    .join(Participant, Participant.user_id == User.id)
    .where(Participant.ticket_id == bindparam("ticket", type_=Integer))
    .order_by(User.name, User.id)
)

_ROWS: AnySelect = select(
    Ticket.id, Ticket.subject, Ticket.status, Ticket.updated_at, User.id, User.name
).join(User, User.id == Ticket.requester_id)


@cache
def _own(pile: Pile, *, continued: bool) -> AnySelect:
    return _newest_first(_ROWS.where(*_in_pile(pile)), continued=continued)


@cache
def _found(*, continued: bool) -> AnySelect:
    mine = (
        select(Ticket.id).where(condition)
        for condition in (
            Ticket.requester_id == _ME,
            taking_part(_ME),
            of_organisation(_ORGANISATION),
        )
    )
    return _newest_first(_ROWS.where(Ticket.id.in_(union(*mine))), continued=continued)


@cache
def _own_counts() -> AnySelect:
    counts = (
        select(func.count())
        .select_from(select(Ticket.id).where(*_in_pile(pile)).limit(at_most(MANY)).subquery())
        .scalar_subquery()
        for pile in Pile
    )
    return select(*counts)


def _in_pile(pile: Pile) -> list[ColumnElement[bool]]:
    match pile:
        case Pile.OPEN:
            return [Ticket.requester_id == _ME, Ticket.active == 1]
        case Pile.SOLVED:
            return [Ticket.requester_id == _ME, Ticket.active == 0]
        case Pile.COPIED:
            return [taking_part(_ME)]
        case Pile.ORGANISATION:
            return [of_organisation(_ORGANISATION)]


def _saying(words: int, user: User) -> ColumnElement[bool]:
    """Each word stands in the subject or in a message that this person may read."""

    def said(number: int) -> ColumnElement[bool]:
        pattern = bindparam(f"say{number}", type_=String)
        in_message = exists().where(
            Message.ticket_id == Ticket.id,
            visible_messages(user),
            func.lower(Message.text).like(pattern, escape="/"),
        )
        return or_(func.lower(Ticket.subject).like(pattern, escape="/"), in_message)

    return and_(*map(said, range(words)))


def _newest_first(rows: AnySelect, *, continued: bool) -> AnySelect:
    """One row more than a page, from the beginning or behind a cursor."""
    rows = rows.order_by(Ticket.updated_at.desc(), Ticket.id.desc()).limit(at_most(ROWS + 1))
    if not continued:
        return rows
    position = tuple_(bindparam("at", type_=UtcDateTime), bindparam("number", type_=Integer))
    return rows.where(tuple_(Ticket.updated_at, Ticket.id) < position)
