"""Metrics: read the ledger, ticket by ticket.

Figures are made from the rows that `tickets/history.py` wrote and from nothing else; no column of
a ticket is asked but how far its history goes.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.metrics.ledger_event import LedgerEvent
from app.metrics.summarising import FOLDED_KINDS, summarise
from app.metrics.summary import TicketSummary
from app.tickets.history import TicketEvent

TICKETS_AT_ONCE = 1000

_COLUMNS = (
    TicketEvent.ticket_id,
    TicketEvent.seq,
    TicketEvent.kind,
    TicketEvent.occurred_at,
    TicketEvent.recorded_at,
    TicketEvent.payload,
)


def all_summaries(*, as_of: datetime) -> Iterator[TicketSummary]:
    """The summary of every ticket as of an instant, in order of number.

    Reads the whole ledger in stretches of ticket numbers, so it needs room for one stretch only;
    its time grows with the number of facts.
    """
    last = db.session.scalar(select(func.max(TicketEvent.ticket_id))) or 0
    for first in range(1, last + 1, TICKETS_AT_ONCE):
        stretch = TicketEvent.ticket_id.between(first, first + TICKETS_AT_ONCE - 1)
        yield from _summaries(stretch, as_of=as_of)


def began_at(*, as_of: datetime) -> datetime | None:
    """When the first ticket came that was known as of an instant, if any was."""
    first = select(func.min(TicketEvent.occurred_at)).where(
        TicketEvent.kind == "ticket.created", TicketEvent.recorded_at <= as_of
    )
    return db.session.scalar(first)


def summaries_of(ticket_ids: Sequence[int], *, as_of: datetime) -> Iterator[TicketSummary]:
    """The summaries of these tickets as of an instant, in order of number."""
    yield from _summaries(TicketEvent.ticket_id.in_(ticket_ids), as_of=as_of)


def _summaries(these: ColumnElement[bool], *, as_of: datetime) -> Iterator[TicketSummary]:
    for events in _histories(these):
        if summary := summarise(events, as_of=as_of):
            yield summary


def _histories(these: ColumnElement[bool]) -> Iterable[list[LedgerEvent]]:
    """The events of one ticket after the other.  The order within a ticket is METRICS.md's to make."""
    rows = (
        select(*_COLUMNS)
        .where(these, TicketEvent.kind.in_(FOLDED_KINDS))
        .order_by(TicketEvent.ticket_id, TicketEvent.seq)
    )
    events = map(LedgerEvent._make, db.session.execute(rows))
    for _, history in groupby(events, key=lambda event: event.ticket_id):
        yield list(history)
