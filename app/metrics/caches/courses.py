"""Metrics: what came and went step by step, from what is kept."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from app.metrics.caches.fetching import lengths_by_day, rows_of
from app.metrics.caches.moving import Moved
from app.metrics.caches.series import CREATED, REOPENED, Key
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.period import Period, day_of
from app.metrics.reports.flow import Flow

_FIRST_RESOLVED = "ttr_first"
_SERIES = (CREATED, _FIRST_RESOLVED, REOPENED)


def course(steps: Sequence[Period], *, moved: Moved, stand: Stand) -> list[Flow]:
    """The flow of steps that follow each other without a gap, each of whole days; one statement.

    Moves have to be known from the first of these days on.
    """
    flows = [Flow(step) for step in steps]
    zone = stand.zone
    ends = [
        (day_of(step.start_at, zone=zone), day_of(step.end_at, zone=zone))
        for step in steps
        if step.start_at and step.end_at
    ]
    if not ends:
        return flows
    starts = [start_on for start_on, _ in ends]

    def flow_of(day: date) -> Flow:
        return flows[bisect_right(starts, day) - 1]

    for key, n in _lengths(DaySpan(starts[0], ends[-1][1]), stand):
        flow = flow_of(key.day_on)
        flow.created += n * (key.series == CREATED)
        flow.first_resolved += n * (key.series == _FIRST_RESOLVED)
        flow.reopened += n * (key.series == REOPENED)
    for flow, (_, end_on) in zip(flows, ends, strict=True):
        flow.backlog = moved.left_before(end_on)
    return flows


def _lengths(days: DaySpan, stand: Stand) -> Iterator[tuple[Key, int]]:
    """How many cases each page has, of those asked for."""
    sieve = sieve_of(stand.where)
    if not sieve:
        yield from lengths_by_day(days, _SERIES, shelf=stand.shelf).items()
        return
    for series, day_on, rest in rows_of(
        _SERIES, days, "series", "day_on", "rest", shelf=stand.shelf
    ):
        yield Key(series, day_on), sum(passing(rest, sieve))
