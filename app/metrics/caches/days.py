"""Metrics: how many tickets came when, and why the backlog is what it is, from what is kept."""

from collections import Counter
from datetime import timedelta
from itertools import compress

from sqlalchemy import func, select

from app.core.db import db
from app.metrics.caches.page import REST, columns_in
from app.metrics.caches.reading import backlog_before
from app.metrics.caches.series import CREATED, move_series
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand, within
from app.metrics.day_span import DaySpan
from app.metrics.period import midnight
from app.metrics.reports.moves import Move

Hours = list[list[int]]
"""Seven days, Monday first, of 24 hours."""


def arrivals(days: DaySpan, *, stand: Stand) -> Hours:
    """How many tickets were created by weekday and hour of the zone; one statement."""
    sieve, pages, zone = sieve_of(stand.where), stand.pages, stand.zone
    rows = select(pages.day_on, pages.rest).where(pages.series == CREATED, *within(days, pages))
    made = [[0] * 24 for _ in range(7)]
    for day_on, rest in db.session.execute(rows):
        (seconds,) = columns_in(rest, [REST.index("second")])
        came = compress(seconds, passing(rest, sieve)) if sieve else seconds
        first_at = midnight(day_on, zone=zone)
        in_hours = Counter(second // 3600 for second in came)
        for hour, count in in_hours.items():
            local = (first_at + timedelta(hours=hour)).astimezone(zone)
            made[day_on.weekday()][local.hour] += count
    return made


def identity(days: DaySpan, *, stand: Stand) -> dict[str, int]:
    """The backlog before these days, every kind of move in them, and the backlog after; two statements."""
    names = {move_series(move): move for move in Move}
    pages = stand.pages
    sums = select(pages.series, func.sum(pages.n)).where(
        pages.series.in_(names), *within(days, pages)
    )
    counts = {
        names[series]: int(n) for series, n in db.session.execute(sums.group_by(pages.series))
    }
    start = backlog_before(days.start_on, stand=stand) if days.start_on else 0
    moved = {move.value: counts.get(move, 0) for move in Move if counts.get(move) or move in _USUAL}
    end = start + sum(Move(name).change * count for name, count in moved.items())
    return {"start": start, **moved, "end": end}


_USUAL = (Move.CREATED, Move.REOPENED, Move.RESOLVED)
