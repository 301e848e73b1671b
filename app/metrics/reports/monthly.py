"""Metrics: the desk month by month: what came, what was solved, what came back, what was left."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import compress, count
from typing import Any

from app.metrics.day_span import DaySpan
from app.metrics.filtering import EVERY, Where
from app.metrics.period import day_of, months
from app.metrics.reports.flow import Flow, FlowCounter


def monthly_counter(
    days: DaySpan,
    *,
    began_at: datetime | None,
    as_of: datetime,
    zone: tzinfo,
    where: Where = EVERY,
) -> FlowCounter:
    """A counter of the calendar months of the zone that lie in these days, up to `as_of`.

    Where the days are open, from the month of the first ticket.  Without tickets there are no months.
    """
    if began_at is None:
        return FlowCounter([], as_of=as_of)
    last_on = day_of(as_of, zone=zone)
    drawn = days.closed(first_on=min(day_of(began_at, zone=zone), last_on), last_on=last_on)
    start_on, end_on = drawn.start_on, drawn.end_on
    whole = months(start_on, end_on, zone=zone) if start_on and end_on else ()
    return FlowCounter([*whole], as_of=as_of, where=where)


def monthly_rows(counter: FlowCounter, *, days: DaySpan, zone: tzinfo) -> list[dict[str, Any]]:
    """A row a month, in order; `resolved` counts tickets first resolved, `backlog` stands at its end.

    Without an end, the series ends with the last month in which anything happened.
    """
    flows = counter.flows if days.end_on else _lively(counter.flows)
    return [_row(flow, zone=zone) for flow in flows]


def _lively(flows: Sequence[Flow]) -> Sequence[Flow]:
    """Up to the last month that was not still, or changed what was left: tickets may have changed hands."""
    before = [0, *(flow.backlog for flow in flows)]
    happened = [
        not flow.is_still or flow.backlog != left for flow, left in zip(flows, before, strict=False)
    ]
    return flows[: max(compress(count(1), happened), default=0)]


def _row(flow: Flow, *, zone: tzinfo) -> dict[str, Any]:
    start_at = flow.period.start_at
    return {
        "month": f"{start_at.astimezone(zone):%Y-%m}" if start_at else None,
        "created": flow.created,
        "resolved": flow.first_resolved,
        "reopened": flow.reopened,
        "backlog": flow.backlog,
    }
