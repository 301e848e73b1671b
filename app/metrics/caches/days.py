"""Metrics: how many tickets came when, and why the backlog is what it is, from what is kept."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from app.metrics.caches.fetching import rows_of
from app.metrics.caches.moving import Moved
from app.metrics.caches.page import only, values_in
from app.metrics.caches.series import CREATED
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.filtering import Where
from app.metrics.period import midnight
from app.metrics.reports.moves import Move, kinds_of

_A_DAY = timedelta(days=1)

Hours = list[list[int]]
"""Seven days, Monday first, of 24 hours."""


def arrivals(days: DaySpan, *, stand: Stand) -> Hours:
    """How many tickets were created by weekday and hour of the zone; one statement."""
    sieve, zone = sieve_of(stand.where), stand.zone
    made = [[0] * 24 for _ in range(7)]
    columns = ("day_on", "numbers", "rest" if sieve else "n")
    for day_on, numbers, more in rows_of([CREATED], days, *columns, shelf=stand.shelf):
        seconds = values_in(numbers)
        if sieve:
            seconds = only(seconds, passing(more, sieve))
        counts, counted = made[day_on.weekday()], 0
        for hour, local in enumerate(_hours(day_on, zone)):
            until = bisect_left(seconds, 3600 * (hour + 1), counted)
            counts[local] += until - counted
            counted = until
    return made


def _hours(day: date, zone: tzinfo) -> Sequence[int]:
    """What the clock on the wall shows as each hour of the day begins: seldom 23 hours, or 25."""
    first_at, end_at = midnight(day, zone=zone), midnight(day + timedelta(days=1), zone=zone)
    if end_at - first_at == _A_DAY:
        return range(24)
    hours = range(-((first_at - end_at) // timedelta(hours=1)))
    return [(first_at + timedelta(hours=hour)).astimezone(zone).hour for hour in hours]


def identity(days: DaySpan, *, moved: Moved, where: Where) -> dict[str, int]:
    """The backlog before these days, every kind of move in them, and the backlog after.

    Moves have to be known from the first of these days on.
    """
    start, counts = moved.left_before(days.start_on or date.min), moved.between(days)
    made = {move.value: counts[move] for move in kinds_of(where)}
    end = start + sum(Move(name).change * count for name, count in made.items())
    return {"start": start, **made, "end": end}
