"""Metrics: what the page shows, and the cases behind it, as files for other programs, piece by piece."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.core.settings import settings
from app.metrics.caches.cases import kept_cases
from app.metrics.caches.looking import samples
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import NOT_MEASURED
from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.metric import Metric
from app.metrics.evidence import hides
from app.metrics.listed import CAME
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture
from app.metrics.reports.report import filters_of, text_of
from app.metrics.slice import WHOLE, Slice


def figures_as_values(seen: Picture) -> dict[str, Any]:
    """The figures of the page in the shape of `flask metrics report --json`."""
    zone = settings().zone
    period = seen.asked.days.period(zone=zone)
    return {
        "as_of": text_of(seen.overview.as_of),
        "from": text_of(period.start_at),
        "to": text_of(period.end_at),
        "zone": str(zone),
        "version": seen.overview.version,
        "filters": filters_of(seen.asked.where),
        "calendars": seen.calendars,
        "metrics": seen.overview.figures,
        "not_measured": NOT_MEASURED,
        "backlog_identity": dict(seen.identity) or None,
        "arrivals": seen.arrivals,
    }


def cases(
    metric: Metric, asked: Asked, *, stand: Stand, only: Slice = WHOLE
) -> Iterator[dict[str, Any]]:
    """A row for each case and each ticket left out; of those counted, only the part that is asked for.

    Of a figure of an instant only ticket, list and value are told.  Values are left out where they mean
    nothing, and where they would say too much of one person; then no part is taken.
    """
    is_hidden = hides(metric, asked, stand=stand)
    part = WHOLE if is_hidden else only
    for row in _cases(metric, asked.days, stand, part):
        if row["list"] != COUNTED or part.holds(row["value"]):
            yield {**row, "value": None} if is_hidden or metric is CAME else row


def as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The rows as a list of objects, a line each."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _cases(metric: Metric, days: DaySpan, stand: Stand, only: Slice) -> Iterator[dict[str, Any]]:
    if metric.dated_by_anchor:
        yield from kept_cases(metric, days, stand=stand, only=only)
        return
    found = samples(days, metrics=[metric], stand=stand)[metric.id]
    for name, listed in found.lists.items():
        for ticket_id, value in zip(listed.ticket_ids, listed.values, strict=True):
            yield {"ticket": ticket_id, "list": str(name), "value": value}
