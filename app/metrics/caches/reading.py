"""Metrics: read what is kept, for whole days of the reporting zone and as of now."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.metrics.caches.merged import Merged
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.series import Key, move_series, series_of
from app.metrics.day_span import DaySpan
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.period import day_of, midnight
from app.metrics.reports.moves import Move

_SECOND = REST.index("second")
_REASONS = [reason.value for reason in Reason]


@dataclass(slots=True)
class KeptSample:
    """The evidence of one metric without its tickets: sorted parts, and lengths of lists."""

    also: dict[str, range] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    parts: list["array[int]"] = field(default_factory=list)
    _merged: Merged | None = None

    @property
    def ordered(self) -> Merged:
        """The values, ascending."""
        if self._merged is None:
            self._merged = Merged(self.parts)
        return self._merged

    @property
    def total(self) -> int:
        """The sum of the values."""
        return self.ordered.total

    def count_from(self, least: int) -> int:
        """How many values are not less."""
        return self.ordered.count_from(least)

    @property
    def excluded(self) -> Mapping[Reason, range]:
        """How many were left out, by reason."""
        return {Reason(name): range(n) for name, n in sorted(self.left_out.items()) if n}


def kept_samples(
    days: DaySpan, *, metrics: Iterable[Metric], as_of: datetime, zone: tzinfo
) -> dict[str, KeptSample]:
    """The evidence of metrics that are dated, in two statements, whatever the days."""
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    samples = {m.id: KeptSample(also=dict.fromkeys(m.lists, range(0))) for m in asked}
    for (metric, name), n in _lengths(days, asked).items():
        if name in metric.lists:
            samples[metric.id].also[name] = range(n)
        elif name in _REASONS:
            samples[metric.id].left_out[name] += n
    series = {metric.id: metric for metric in asked}
    rows = select(MetricPage.series, MetricPage.day_on, MetricPage.numbers)
    rows = rows.where(MetricPage.series.in_(series), *within(days)).order_by(MetricPage.day_on)
    for name, day_on, numbers in db.session.execute(rows):
        _add(samples[name], series[name], Key(name, day_on), numbers, as_of=as_of, zone=zone)
    return samples


def within(days: DaySpan) -> Iterator[ColumnElement[bool]]:
    """The conditions that a page lies in a span of days."""
    if days.start_on:
        yield MetricPage.day_on >= days.start_on
    if days.end_on:
        yield MetricPage.day_on < days.end_on


def backlog_before(day: date | None) -> int:
    """How many tickets were on the desk when a day began; of None, how many are now."""
    change = _changes()
    rows = select(MetricPage.series, func.sum(MetricPage.n)).where(
        MetricPage.series.in_(change), *within(DaySpan(None, day))
    )
    counts = db.session.execute(rows.group_by(MetricPage.series))
    return sum(int(n) * change[series] for series, n in counts)


def changes_of_backlog(days: DaySpan) -> Iterator[tuple[date, int]]:
    """By how much the backlog changed, kind of move by kind of move, day by day."""
    change = _changes()
    rows = select(MetricPage.day_on, MetricPage.series, MetricPage.n)
    rows = rows.where(MetricPage.series.in_(change), *within(days))
    for day_on, series, n in db.session.execute(rows):
        yield day_on, n * change[series]


def _changes() -> dict[str, int]:
    return {move_series(move): move.change for move in Move}


def lengths_by_day(days: DaySpan, series: Sequence[str]) -> dict[Key, int]:
    """How many cases each page of these series has."""
    rows = select(MetricPage.series, MetricPage.day_on, MetricPage.n)
    rows = rows.where(MetricPage.series.in_(series), *within(days))
    return {Key(name, day_on): n for name, day_on, n in db.session.execute(rows)}


def _lengths(days: DaySpan, metrics: Sequence[Metric]) -> dict[tuple[Metric, str], int]:
    """How long each list beside a metric is."""
    names = {
        series_of(metric.id, name): (metric, name)
        for metric in metrics
        for name in (*metric.asides, *_REASONS)
    }
    rows = select(MetricPage.series, func.sum(MetricPage.n))
    rows = rows.where(MetricPage.series.in_(names), *within(days)).group_by(MetricPage.series)
    return {names[series]: int(n) for series, n in db.session.execute(rows)}


def _add(
    sample: KeptSample, metric: Metric, key: Key, numbers: bytes, *, as_of: datetime, zone: tzinfo
) -> None:
    """Add the values of a day; what is not settled yet is left out, or named, as the metric says."""
    values = values_in(numbers)
    if metric.settling is None:
        sample.parts.append(values)
        return
    settled_until = as_of - metric.settling.window
    last_on = day_of(settled_until, zone=zone)
    if key.day_on < last_on:
        sample.parts.append(values)
        return
    settled = array("i")
    if key.day_on == last_on:
        first_at = midnight(key.day_on, zone=zone)
        settled = _settled(key, values, until=settled_until, midnight_at=first_at)
    unsettled = len(values) - len(settled)
    if metric.settling.leaves_out:
        sample.parts.append(settled)
        sample.left_out[Reason.UNSETTLED] += unsettled
    else:
        sample.parts.append(values)
        sample.also[PROVISIONAL_LIST] = range(len(sample.also[PROVISIONAL_LIST]) + unsettled)


def _settled(
    key: Key, values: "array[int]", *, until: datetime, midnight_at: datetime
) -> "array[int]":
    """The values of the one day in whose course the window ends."""
    rest = select(MetricPage.rest)
    packed: Any = db.session.scalar(
        rest.where(MetricPage.series == key.series, MetricPage.day_on == key.day_on)
    )
    (seconds,) = columns_in(packed, [_SECOND])
    last = (until - midnight_at).total_seconds()
    return array("i", (v for v, second in zip(values, seconds, strict=True) if second <= last))
