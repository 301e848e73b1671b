"""Metrics: read the ledger, ticket by ticket.

Figures are made from the rows that `tickets/history.py` wrote and from nothing else; of a ticket's
columns only how far its history goes and which ticket it follows up are asked, to find the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from app.core.db import db
from app.metrics.histories.gathering import summarise_together
from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.histories.replaying import FOLDED_KINDS
from app.metrics.histories.summary import TicketSummary
from app.tickets.history import TicketEvent
from app.tickets.ticket import Ticket

TICKETS_AT_ONCE = 1000

_COLUMNS = (
    TicketEvent.ticket_id,
    TicketEvent.seq,
    TicketEvent.kind,
    TicketEvent.occurred_at,
    TicketEvent.recorded_at,
    TicketEvent.payload,
    TicketEvent.actor_id,
)


def all_summaries(*, as_of: datetime) -> Iterator[TicketSummary]:
    """The summary of every ticket as of an instant, in order of number.

    Reads the whole ledger in stretches of ticket numbers, so it needs room for one stretch only;
    its time grows with the number of facts.
    """
    merges = _merges()
    last = db.session.scalar(select(func.max(TicketEvent.ticket_id))) or 0
    for first in range(1, last + 1, TICKETS_AT_ONCE):
        stretch = range(first, first + TICKETS_AT_ONCE)
        inside = TicketEvent.ticket_id.between(stretch[0], stretch[-1])
        follow_up_of = Ticket.follow_up_of_id.between(stretch[0], stretch[-1])
        yield from _summaries(inside, stretch, follow_up_of, merges, as_of=as_of)


def summaries_of(ticket_ids: Collection[int], *, as_of: datetime) -> Iterator[TicketSummary]:
    """The summaries of these tickets as of an instant, in order of number."""
    wanted = set(ticket_ids)
    these = TicketEvent.ticket_id.in_(wanted)
    follow_up_of = Ticket.follow_up_of_id.in_(wanted)
    yield from _summaries(these, wanted, follow_up_of, _merges(), as_of=as_of)


def events_of(ticket_id: int) -> Sequence[LedgerEvent]:
    """The facts of one ticket that figures know, in the order in which they were written down."""
    return _histories(TicketEvent.ticket_id == ticket_id).get(ticket_id, ())


def entangled_with(ticket_ids: Collection[int]) -> set[int]:
    """These tickets and every other whose figures change with theirs.

    Those are the tickets that they follow up and the ones that they were or are merged into.
    """
    ids = set(ticket_ids)
    followed = select(Ticket.follow_up_of_id).where(
        Ticket.id.in_(ids), Ticket.follow_up_of_id.is_not(None)
    )
    found = ids | {number for number in db.session.scalars(followed) if number}
    merges = _merges()
    waiting = [*found]
    while waiting:
        for target in merges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def of_folded_kind() -> ColumnElement[bool]:
    """The condition that a fact is of a kind that figures know, of facts that are found by another index.

    By that of kinds, which SQLite would take, it would go through the whole ledger.
    """
    return func.coalesce(TicketEvent.kind, "").in_(FOLDED_KINDS)


def began_at(*, as_of: datetime) -> datetime | None:
    """When the first ticket came that was known as of an instant, if any was."""
    first = select(func.min(TicketEvent.occurred_at)).where(
        TicketEvent.kind == "ticket.created", TicketEvent.recorded_at <= as_of
    )
    return db.session.scalar(first)


def _merges() -> dict[int, set[int]]:
    """By ticket, the tickets that it was ever merged into."""
    found = defaultdict(set)
    rows = select(TicketEvent.ticket_id, TicketEvent.payload).where(
        TicketEvent.kind == "merged_into"
    )
    for ticket_id, payload in db.session.execute(rows):
        found[ticket_id].add(payload["target_id"])
    return found


def _summaries(
    these: ColumnElement[bool],
    wanted: Collection[int],
    follow_up_of: ColumnElement[bool],
    merges: dict[int, set[int]],
    *,
    as_of: datetime,
) -> Iterator[TicketSummary]:
    others = {*db.session.scalars(select(Ticket.id).where(follow_up_of))}
    others |= _brought_in(wanted, merges)
    others = {number for number in others if number not in wanted}
    histories = _histories(or_(these, TicketEvent.ticket_id.in_(others)) if others else these)
    yield from summarise_together(histories, as_of=as_of, wanted=wanted)


def _brought_in(wanted: Collection[int], merges: dict[int, set[int]]) -> set[int]:
    """The tickets that may have been merged into wanted ones, also by way of others."""
    found: set[int] = set()
    grown = True
    while grown:
        more = {
            source
            for source, targets in merges.items()
            if source not in found and any(t in wanted or t in found for t in targets)
        }
        grown, found = bool(more), found | more
    return found


def _histories(these: ColumnElement[bool]) -> dict[int, Sequence[LedgerEvent]]:
    """The events of each ticket.  The order within a ticket is METRICS.md's to make."""
    rows = (
        select(*_COLUMNS)
        .where(these, of_folded_kind())
        .order_by(TicketEvent.ticket_id, TicketEvent.seq)
    )
    found: dict[int, list[LedgerEvent]] = {}
    for event in map(LedgerEvent._make, db.session.execute(rows)):
        found.setdefault(event.ticket_id, []).append(event)
    return dict(found)
