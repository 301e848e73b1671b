"""Metrics: read what is kept about the desk as a whole, and what tickets are called."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.user import Person
from app.core.db import db
from app.core.web.remembering import remembered, seen
from app.metrics.caches import refreshing
from app.metrics.caches.fetching import ends_of
from app.metrics.caches.metric_page import STAMP
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.shelf import NOW
from app.metrics.caches.stand import Stand
from app.metrics.period import midnight
from app.tickets.access import visible
from app.tickets.ticket import Ticket

_ENDS = select(
    *(
        select(end).scalar_subquery()
        for end in (
            func.min(MetricTicket.first_at),
            func.max(MetricTicket.first_at),
            func.max(MetricTicket.last_at),
        )
    )
)
"""Three ends of indexes, each asked for by itself, for only so it is found at once."""


def stamp() -> int:
    """A number that changes whenever the cache does, known without asking where pages are read."""
    number = seen(STAMP)
    return refreshing.stamp() if number is None else number


def span_of(stand: Stand) -> tuple[datetime, datetime] | None:
    """When the first ticket came and when last something happened, as far as was known; then by the day."""
    if stand.shelf == NOW:
        return span()
    ends = ends_of(stand.shelf)
    return (
        (midnight(ends[0], zone=stand.zone), midnight(ends[1], zone=stand.zone)) if ends else None
    )


def span() -> tuple[datetime, datetime] | None:
    """When the first ticket came and when last something happened that figures know, if ever."""

    def read() -> tuple[datetime, datetime] | None:
        first_at, *latest = db.session.execute(_ENDS).one()
        return (first_at, max(filter(None, latest))) if first_at else None

    return remembered(STAMP, "span", read)


def tickets_shown(numbers: Sequence[int], *, to: Person) -> dict[int, Any]:
    """By number, those of these tickets that this person may see: id, subject, status."""
    rows = select(Ticket.id, Ticket.subject, Ticket.status)
    found = db.session.execute(rows.where(Ticket.id.in_(numbers), visible(to)))
    return {row.id: row for row in found}
