"""Metrics: read the cache of summaries."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from app.accounts.user import Person
from app.core.db import db, snapshot
from app.core.web.page_cache import CacheStamp
from app.metrics.ledger import all_summaries
from app.metrics.metric_ticket import MetricTicket
from app.metrics.packing import pack, unpack
from app.metrics.period import Period
from app.metrics.refreshing import STAMP
from app.metrics.sample import SETTLES_AFTER
from app.metrics.summary import TicketSummary
from app.tickets.access import visible
from app.tickets.ticket import Ticket

ROWS_AT_ONCE = 1000


def summaries_for(period: Period) -> Iterator[TicketSummary]:
    """Every ticket that a figure of the period can need, one statement, in order of number.

    Those are the tickets that were on the desk or changed in the period, and follow-ups of them
    up to W later.  What is read grows with the period and with the open tickets, not with the
    desk's past.
    """
    rows = select(MetricTicket.summary).order_by(MetricTicket.ticket_id)
    if period.start_at:
        lately = MetricTicket.last_at >= period.start_at
        rows = rows.where(or_(MetricTicket.last_at.is_(None), lately))
    if period.end_at:
        rows = rows.where(MetricTicket.first_at < period.end_at + SETTLES_AFTER)
    with snapshot() as connection:
        for packed in connection.scalars(rows.execution_options(yield_per=ROWS_AT_ONCE)):
            yield unpack(packed)


def differences(*, as_of: datetime) -> Iterator[int]:
    """The numbers of tickets whose row is missing, superfluous, or other than the ledger says."""
    rows = select(MetricTicket.ticket_id, MetricTicket.summary)
    kept = {row.ticket_id: row.summary for row in db.session.execute(rows)}
    for summary in all_summaries(as_of=as_of):
        if kept.pop(summary.ticket_id, None) != pack(summary):
            yield summary.ticket_id
    yield from kept


def stamp() -> int:
    """A number that changes whenever the cache does."""
    number = select(CacheStamp.number).where(CacheStamp.name == STAMP)
    return db.session.scalar(number) or 0


def span() -> tuple[datetime, datetime] | None:
    """When the first ticket came and when last something happened that figures know, if ever.

    Three ends of indexes, each asked for by itself, for only so it is found at once.
    """
    first, last = MetricTicket.first_at, MetricTicket.last_at
    ends = (func.min(first), func.max(first), func.max(last))
    asked = select(*(select(end).scalar_subquery() for end in ends))
    first_at, *latest = db.session.execute(asked).one()
    return (first_at, max(filter(None, latest))) if first_at else None


def tickets_shown(numbers: Sequence[int], *, to: Person) -> dict[int, Any]:
    """By number, those of these tickets that this person may see: id, subject, status."""
    rows = select(Ticket.id, Ticket.subject, Ticket.status)
    found = db.session.execute(rows.where(Ticket.id.in_(numbers), visible(to)))
    return {row.id: row for row in found}
