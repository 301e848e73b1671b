"""The rows of the inbox: what a search finds, page by page, by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVarTuple

from sqlalchemy import (
    Select,
    bindparam,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.accounts.audiences import AGENTS
from app.accounts.user import User
from app.core import clock
from app.core.db import UtcDateTime, at_most, db, plain_rows
from app.core.settings import settings
from app.core.web.filters import MANY
from app.core.web.pages import Page, decode_cursor, encode_cursor
from app.search.asked import Asked
from app.search.engines.whoosh import Unreadable
from app.search.index import engine
from app.tickets.inbox.conditions import Resolved, Shape, parameters, resolve
from app.tickets.inbox.language import Column, NotUnderstood, Search, Sort, parse
from app.tickets.inbox.leading import leading_tag, sort_of, where
from app.tickets.tag import ticket_tags
from app.tickets.ticket import Priority, Status, Ticket

ROWS = 30
FOUND = 500
"""Words are looked for in the index, which gives so many tickets, the latest first."""

AnySelect = Select[*tuple[Any, ...]]
Ts = TypeVarTuple("Ts")
PLACES = 100
"""Room for the parameters of one view among those of others."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A line of the inbox."""

    id: int
    subject: str
    status: Status
    priority: Priority
    created_at: datetime
    updated_at: datetime
    urgency: int
    requester_id: int
    requester_name: str
    assignee_id: int | None
    assignee_name: str | None
    tag_line: str | None
    team_id: int | None

    @property
    def tags(self) -> list[str]:
        """The names of its tags, in the order of the alphabet."""
        return sorted((self.tag_line or "").split())


@dataclass(frozen=True, slots=True)
class Plan:
    """A search ready to run: its conditions with names looked up, and what the index found."""

    conditions: tuple[Resolved, ...]
    sort: Sort
    columns: tuple[Column, ...]
    found: tuple[int, ...] | None = None

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """What statements are kept by."""
        return tuple(each.shape for each in self.conditions)

    def values(self, first: int = 0) -> dict[str, Any]:
        """The values of its parameters, when its first condition stands at that place."""
        found: dict[str, Any] = {} if self.found is None else {f"found{first}": self.found}
        for place, each in enumerate(self.conditions, start=first):
            found |= parameters(each, place)
        return found


def plan_of(said: str, *, me: int) -> Plan:
    """Read a search and look up its names and words.  Raises NotUnderstood."""
    search = parse(said, now=clock.now(), zone=settings().zone)
    conditions = tuple(resolve(each, me=me) for each in search.conditions)
    sort = sort_of([each.shape for each in conditions], search.sort)
    return Plan(conditions, sort, search.columns, _found(search, said))


def rows_of(plan: Plan, *, after: str = "", before: str = "") -> Page[InboxRow]:
    """A page of what the plan finds, after a cursor or before one; nonsense is the first page."""
    if end := _position(plan.sort, before):
        rows = _read(plan, end, back=True)
        if len(rows) >= ROWS:
            shown = rows[ROWS - 1 :: -1]
            return Page(
                shown,
                after=_cursor(plan, shown[-1]),
                before=_cursor(plan, shown[0]) if len(rows) > ROWS else None,
            )
    start = {} if end else _position(plan.sort, after)
    rows = _read(plan, start)
    return Page(
        rows[:ROWS],
        after=_cursor(plan, rows[ROWS - 1]) if len(rows) > ROWS else None,
        before=_cursor(plan, rows[0]) if start and rows else None,
    )


def _read(plan: Plan, position: dict[str, Any], *, back: bool = False) -> list[InboxRow]:
    """One row more than a page has, from a position on, or back from it."""
    statement = _rows(
        plan.shapes,
        plan.sort,
        words=plan.found is not None,
        continued=bool(position),
        back=back,
    )
    return [InboxRow(*row) for row in plain_rows(statement, plan.values() | position)]


def _cursor(plan: Plan, row: InboxRow) -> str:
    return encode_cursor(*_key(plan.sort, row))


def around(plan: Plan, ticket: Ticket) -> tuple[int | None, int | None]:
    """The numbers of the tickets before and after one in what the plan finds, where it stands or would."""
    keys: tuple[Any, ...] = (ticket.updated_at, ticket.id)
    if plan.sort is Sort.CREATED:
        keys = (ticket.created_at, ticket.id)
    if plan.sort is Sort.PRIORITY:
        keys = (ticket.urgency, *keys)
    values = plan.values() | {f"key{n}": value for n, value in enumerate(keys)}
    words = plan.found is not None

    def beside(*, back: bool) -> int | None:
        statement = _next(plan.shapes, plan.sort, words=words, back=back)
        return db.session.scalar(statement, values)

    return beside(back=True), beside(back=False)


def counts_of(plans: Sequence[Plan]) -> list[int]:
    """How many tickets each finds, counted to `MANY` at most, in one statement."""
    if not plans:
        return []
    values: dict[str, Any] = {}
    for place, plan in enumerate(plans):
        values |= plan.values(place * PLACES)
    statement = _counts(tuple((plan.shapes, plan.sort, plan.found is not None) for plan in plans))
    return list(db.session.execute(statement, values).one())


def _found(search: Search, said: str) -> tuple[int, ...] | None:
    """The tickets that hold all the words, by the search index.  Raises NotUnderstood without one."""
    asked = Asked.from_text(search.words)
    if not asked.words:
        return None
    try:
        ranked = engine().search(
            asked,
            kinds=["ticket"],
            audiences=[AGENTS],
            newest_first=True,
            first=0,
            count=FOUND,
            loosen=False,
        )
    except Unreadable:
        raise NotUnderstood(
            "Words cannot be looked for at the moment: the search index is being made. "
            "Conditions such as from: work.",
            start=0,
            end=len(said),
        ) from None
    return tuple(int(ref) for _, ref in ranked.things)


# Statements are kept by their shape: making one costs more than running it.

_COLUMNS: dict[Sort, tuple[Any, ...]] = {
    Sort.UPDATED: (Ticket.updated_at, Ticket.id),
    Sort.OLDEST: (Ticket.updated_at, Ticket.id),
    Sort.CREATED: (Ticket.created_at, Ticket.id),
    Sort.PRIORITY: (Ticket.urgency, Ticket.updated_at, Ticket.id),
}


@lru_cache(maxsize=512)
def _rows(
    shapes: tuple[Shape, ...], sort: Sort, *, words: bool, continued: bool, back: bool
) -> AnySelect:
    upwards = (sort is Sort.OLDEST) is not back
    requester, assignee = aliased(User), aliased(User)
    columns = _order(shapes, sort, words=words)
    rows = (
        select(
            Ticket.id, Ticket.subject, Ticket.status, Ticket.priority, Ticket.created_at,
            Ticket.updated_at, Ticket.urgency, requester.id, requester.name, assignee.id, assignee.name,
            Ticket.tag_line, Ticket.team_id,
        )
        .join(requester, requester.id == Ticket.requester_id)
        .join(assignee, assignee.id == Ticket.assignee_id, isouter=True)
        .where(*where(shapes, sort, words=words))
        .order_by(*(each.asc() if upwards else each.desc() for each in columns))
        .limit(at_most(ROWS + 1))
    )  # fmt: skip
    rows = _led(rows, shapes, sort, words=words)
    if not continued:
        return rows
    here = tuple_(*(bindparam(f"key{n}", type_=each.type) for n, each in enumerate(columns)))
    there = tuple_(*columns)
    return rows.where(there > here if upwards else there < here)


@lru_cache(maxsize=512)
def _next(shapes: tuple[Shape, ...], sort: Sort, *, words: bool, back: bool) -> Select[int]:
    """The number of the ticket that follows a position, or goes before it."""
    columns = _order(shapes, sort, words=words)
    upwards = (sort is Sort.OLDEST) is not back
    here = tuple_(*(bindparam(f"key{n}", type_=each.type) for n, each in enumerate(columns)))
    there = tuple_(*columns)
    following = (
        select(Ticket.id)
        .where(*where(shapes, sort, words=words), there > here if upwards else there < here)
        .order_by(*(each.asc() if upwards else each.desc() for each in columns))
        .limit(at_most(1))
    )
    return _led(following, shapes, sort, words=words)


@lru_cache(maxsize=512)
def _counts(views: tuple[tuple[tuple[Shape, ...], Sort, bool], ...]) -> AnySelect:
    capped = (
        _led(
            select(Ticket.id)
            .where(*where(shapes, sort, words=words, first=place * PLACES))
            .order_by(*_order(shapes, sort, words=words))  # so that no other index seems cheaper
            .limit(at_most(MANY)),
            shapes,
            sort,
            words=words,
        )
        for place, (shapes, sort, words) in enumerate(views)
    )
    counts = (select(func.count()).select_from(each.subquery()) for each in capped)
    return select(*(each.scalar_subquery() for each in counts))


def _led(
    statement: Select[*Ts], shapes: tuple[Shape, ...], sort: Sort, *, words: bool
) -> Select[*Ts]:
    """The statement that goes through the tickets of a tag, if one leads."""
    if leading_tag(shapes, sort, words=words) is None:
        return statement
    return statement.join(ticket_tags, ticket_tags.c.ticket_id == Ticket.id)


def _order(shapes: tuple[Shape, ...], sort: Sort, *, words: bool) -> tuple[Any, ...]:
    """The columns that the rows are ordered by, of the table that leads."""
    if leading_tag(shapes, sort, words=words) is None:
        return _COLUMNS[sort]
    return (ticket_tags.c.updated_at, ticket_tags.c.ticket_id)


def _key(sort: Sort, row: InboxRow) -> tuple[str | int, ...]:
    match sort:
        case Sort.CREATED:
            return (row.created_at.isoformat(), row.id)
        case Sort.PRIORITY:
            return (row.urgency, row.updated_at.isoformat(), row.id)
    return (row.updated_at.isoformat(), row.id)


def _position(sort: Sort, after: str) -> dict[str, Any]:
    """The values of a cursor, by name; none for the first page and for nonsense."""
    columns = _COLUMNS[sort]
    given = decode_cursor(after, parts=len(columns)) or ()
    values: dict[str, Any] = {}
    for place, (column, value) in enumerate(zip(columns, given, strict=False)):
        is_time = isinstance(column.type, UtcDateTime)
        if not isinstance(value, str if is_time else int):
            return {}
        try:
            at = datetime.fromisoformat(str(value)).astimezone(UTC) if is_time else value
        except (ValueError, OverflowError):  # no time, or none in UTC
            return {}
        values[f"key{place}"] = at
    return values
