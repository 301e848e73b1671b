"""Metrics: what came and went step by step, from the lengths of the pages that are kept."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from app.metrics.caches.reading import backlog_before, changes_of_backlog, lengths_by_day
from app.metrics.caches.series import CREATED, REOPENED
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.period import Period, day_of
from app.metrics.reports.flow import Flow

_FIRST_RESOLVED = "ttr_first"
_SERIES = (CREATED, _FIRST_RESOLVED, REOPENED)


def course(steps: Sequence[Period], *, stand: Stand) -> list[Flow]:
    """The flow of steps that follow each other without a gap, each of whole days; three statements."""
    flows = [Flow(step) for step in steps]
    zone = stand.zone
    starts = [day_of(step.start_at, zone=zone) for step in steps if step.start_at]
    last = steps[-1].end_at if steps else None
    if not starts or last is None:
        return flows
    days = DaySpan(starts[0], day_of(last, zone=zone))

    def flow_of(day: date) -> int:
        return bisect_right(starts, day) - 1

    for key, n in lengths_by_day(days, _SERIES, shelf=stand.shelf).items():
        flow = flows[flow_of(key.day_on)]
        flow.created += n * (key.series == CREATED)
        flow.first_resolved += n * (key.series == _FIRST_RESOLVED)
        flow.reopened += n * (key.series == REOPENED)
    for day_on, change in changes_of_backlog(days, shelf=stand.shelf):
        flows[flow_of(day_on)].backlog += change
    left = backlog_before(days.start_on, shelf=stand.shelf)
    for flow in flows:
        left = flow.backlog = left + flow.backlog
    return flows
