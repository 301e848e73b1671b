"""Metrics: what the page shows, and the cases behind it, as files for other programs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.core import clock
from app.core.settings import settings
from app.metrics.caches.cases import kept_cases
from app.metrics.caches.looking import samples
from app.metrics.caches.refreshing import is_made_so
from app.metrics.definitions.catalogue import NOT_MEASURED
from app.metrics.definitions.entry import COUNTED, Reading
from app.metrics.definitions.metric import Metric
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture
from app.metrics.reports.report import filters_of, text_of, versions_of
from app.worktime.calendars import calendars
from app.worktime.measuring import Calendars

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is a formula to a spreadsheet."""


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
        "calendars": versions_of(calendars(as_of=seen.overview.as_of)),
        "metrics": seen.overview.figures,
        "not_measured": NOT_MEASURED,
        "backlog_identity": dict(seen.identity) if seen.identity else None,
        "arrivals": seen.arrivals,
    }


def cases(
    metric: Metric, asked: Asked, *, least: int | None = None, below: int | None = None
) -> Iterator[dict[str, Any]]:
    """A row for each case and each ticket left out, as of now; counted are values in [least, below).

    Of a figure of an instant only ticket, list and value are told.  Nothing while all is made anew.
    """
    if not is_made_so():
        return
    for row in _cases(metric, asked):
        if row["list"] != COUNTED or _lies_in(row["value"], least, below):
            yield row


def _lies_in(value: int, least: int | None, below: int | None) -> bool:
    return (least is None or least <= value) and (below is None or value < below)


def _cases(metric: Metric, asked: Asked) -> Iterator[dict[str, Any]]:
    zone = settings().zone
    by = Reading(asked.days.period(zone=zone), clock.now(), Calendars({}))
    if metric.dated_by_anchor:
        yield from kept_cases(metric, asked.days, by=by, zone=zone, where=asked.where)
        return
    found = samples(asked.days, metrics=[metric], by=by, zone=zone, where=asked.where)[metric.id]
    for name, listed in found.lists.items():
        for ticket_id, value in zip(listed.ticket_ids, listed.values, strict=True):
            yield {"ticket": ticket_id, "list": str(name), "value": value}


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    """The rows under their names (RFC 4180); a text like a formula gets an apostrophe before it."""
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _harmless(row.get(column)) for column in columns})
    return written.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
