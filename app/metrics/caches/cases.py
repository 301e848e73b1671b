"""Metrics: the cases of a figure with everything that is kept of them, row by row."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import compress
from typing import Any

from app.metrics.caches.fetching import stream_of
from app.metrics.caches.page import REST, Row, columns_in, values_in
from app.metrics.caches.series import series_of
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.caches.terms import words
from app.metrics.counting import add
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED, Entry
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import Metric
from app.metrics.period import midnight
from app.metrics.reports.report import text_of
from app.metrics.sample import Sample
from app.metrics.slice import WHOLE, Slice


def kept_cases(
    metric: Metric, days: DaySpan, *, stand: Stand, only: Slice = WHOLE
) -> Iterator[dict[str, Any]]:
    """Rows as `case_rows` makes them, of a figure that is dated; two or three statements.

    Pages are read some at a time, so that a million cases need no room.
    """
    sieve, terms, zone = sieve_of(stand.where), words(), stand.zone
    by = stand.reading(days)
    names = (COUNTED, *metric.asides, *(reason.value for reason in Reason))
    named = {series_of(metric.id, name): name for name in names}
    asked = ("series", "day_on", "numbers", "rest")
    found = stream_of(named, days, *asked, shelf=stand.shelf)
    for series, day_on, numbers, rest in found:
        first_at = midnight(day_on, zone=zone)
        columns = columns_in(rest, range(len(REST)))
        rows = map(Row._make, zip(values_in(numbers), *columns, strict=True))
        for row in compress(rows, passing(rest, sieve)) if sieve else rows:
            at = first_at + timedelta(seconds=row.second)
            if not only.holds_at(at, zone=zone):
                continue
            sample = Sample(also=metric.lists)
            entry = Entry(named[series], at, row.value, row.agent_id or None)
            add(sample, metric, row.ticket_id, entry, by=by)
            said = _said(row, terms)
            for name, cases in sample.lists.items():
                for value in cases.values:
                    head = {"ticket": row.ticket_id, "list": str(name), "at": text_of(at)}
                    yield {**head, "value": value, **said}


def _said(row: Row, terms: dict[int, object]) -> dict[str, Any]:
    tags = terms.get(row.tags)
    return {
        "agent": row.agent_id or None,
        "team": terms.get(row.team),
        "assignee": row.assignee or None,
        "priority": terms.get(row.priority),
        "channel": terms.get(row.channel),
        "queue": terms.get(row.queue),
        "type": terms.get(row.type),
        "organisation": row.organisation or None,
        "tags": " ".join(tags) if isinstance(tags, list) else "",
    }
