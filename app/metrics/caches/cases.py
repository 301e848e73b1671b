"""Metrics: the cases of a figure with everything that is kept of them, row by row."""

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from itertools import compress
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.page import REST, Row, columns_in, values_in
from app.metrics.caches.reading import within
from app.metrics.caches.series import series_of
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.terms import words
from app.metrics.counting import add
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, Where
from app.metrics.period import midnight
from app.metrics.reports.report import text_of
from app.metrics.sample import Sample


def kept_cases(
    metric: Metric, days: DaySpan, *, by: Reading, zone: tzinfo, where: Where = EVERY
) -> Iterator[dict[str, Any]]:
    """Rows as `case_rows` makes them, of a figure that is dated; two or three statements."""
    sieve, terms = sieve_of(where), words()
    names = (COUNTED, *metric.asides, *(reason.value for reason in Reason))
    named = {series_of(metric.id, name): name for name in names}
    pages = select(MetricPage.series, MetricPage.day_on, MetricPage.numbers, MetricPage.rest)
    pages = pages.where(MetricPage.series.in_(named), *within(days))
    for series, day_on, numbers, rest in db.session.execute(pages.order_by(MetricPage.day_on)):
        first_at = midnight(day_on, zone=zone)
        columns = columns_in(rest, range(len(REST)))
        rows = map(Row._make, zip(values_in(numbers), *columns, strict=True))
        for row in compress(rows, passing(rest, sieve)) if sieve else rows:
            at = first_at + timedelta(seconds=row.second)
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
