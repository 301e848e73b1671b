"""Metrics: read what is kept, for whole days of the reporting zone and as of now."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select

from app.core.db import db
from app.metrics.caches.merged import Merged
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.series import Key, move_series, series_of
from app.metrics.caches.sieve import Sieve, passing, sieve_of
from app.metrics.caches.stand import Stand, within
from app.metrics.day_span import DaySpan
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.period import day_of, midnight
from app.metrics.reports.moves import Move

_SECOND = REST.index("second")
_REASONS = [reason.value for reason in Reason]


@dataclass(slots=True)
class KeptSample:
    """The evidence of one metric without its tickets: day by day ascending values, and lengths of lists."""

    also: dict[str, range] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_day: dict[date, "array[int]"] = field(default_factory=dict)
    _merged: Merged | None = None

    @property
    def ordered(self) -> Merged:
        """The values, ascending."""
        if self._merged is None:
            self._merged = Merged([*self.by_day.values()])
        return self._merged

    def of_days(self, start_on: date, end_on: date) -> Merged:
        """The values of [start_on, end_on), ascending."""
        return Merged([part for day, part in self.by_day.items() if start_on <= day < end_on])

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
    days: DaySpan, *, metrics: Iterable[Metric], stand: Stand
) -> dict[str, KeptSample]:
    """The evidence of metrics that are dated, in a constant number of statements.

    Without conditions only values are read; with conditions, the columns that they ask for as well.
    """
    sieve, pages = sieve_of(stand.where), stand.pages
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    samples = {m.id: KeptSample(also=dict.fromkeys(m.lists, range(0))) for m in asked}
    for (metric, name), n in _lengths(days, asked, sieve, stand).items():
        if name in metric.lists:
            samples[metric.id].also[name] = range(n)
        elif name in _REASONS:
            samples[metric.id].left_out[name] += n
    series = {metric.id: metric for metric in asked}
    rest = pages.rest if sieve else literal(None)
    rows = select(pages.series, pages.day_on, pages.numbers, rest)
    rows = rows.where(pages.series.in_(series), *within(days, pages)).order_by(pages.day_on)
    for name, day_on, numbers, packed in db.session.execute(rows):
        read = _Read(Key(name, day_on), values_in(numbers), packed, sieve)
        _add(samples[name], series[name], read, stand=stand)
    return samples


class _Read(NamedTuple):
    """A page as it was read; the rest of it only where it has to be sifted."""

    key: Key
    values: "array[int]"
    rest: bytes | None
    sieve: Sieve

    def sifted(self, values: "array[int] | None" = None) -> "array[int]":
        """Its values, or as many others, of the rows that pass."""
        whole = self.values if values is None else values
        if not self.sieve or self.rest is None:
            return whole
        return array("i", compress(whole, passing(self.rest, self.sieve)))


def backlog_before(day: date | None, *, stand: Stand) -> int:
    """How many tickets of the whole desk were on it when a day began; of None, how many are now."""
    change, pages = _changes(), stand.pages
    rows = select(pages.series, func.sum(pages.n)).where(
        pages.series.in_(change), *within(DaySpan(None, day), pages)
    )
    counts = db.session.execute(rows.group_by(pages.series))
    return sum(int(n) * change[series] for series, n in counts)


def changes_of_backlog(days: DaySpan, *, stand: Stand) -> Iterator[tuple[date, int]]:
    """By how much the backlog changed, kind of move by kind of move, day by day."""
    change, pages = _changes(), stand.pages
    rows = select(pages.day_on, pages.series, pages.n)
    rows = rows.where(pages.series.in_(change), *within(days, pages))
    for day_on, series, n in db.session.execute(rows):
        yield day_on, n * change[series]


def _changes() -> dict[str, int]:
    return {move_series(move): move.change for move in Move}


def lengths_by_day(days: DaySpan, series: Sequence[str], *, stand: Stand) -> dict[Key, int]:
    """How many cases each page of these series has."""
    pages = stand.pages
    rows = select(pages.series, pages.day_on, pages.n)
    rows = rows.where(pages.series.in_(series), *within(days, pages))
    return {Key(name, day_on): n for name, day_on, n in db.session.execute(rows)}


def _lengths(
    days: DaySpan, metrics: Sequence[Metric], sieve: Sieve, stand: Stand
) -> dict[tuple[Metric, str], int]:
    """How long each list beside a metric is."""
    names = {
        series_of(metric.id, name): (metric, name)
        for metric in metrics
        for name in (*metric.asides, *_REASONS)
    }
    pages = stand.pages
    these = (pages.series.in_(names), *within(days, pages))
    if not sieve:
        sums = select(pages.series, func.sum(pages.n)).where(*these)
        counts = db.session.execute(sums.group_by(pages.series))
        return {names[series]: int(n) for series, n in counts}
    found: dict[tuple[Metric, str], int] = defaultdict(int)
    for series, rest in db.session.execute(select(pages.series, pages.rest).where(*these)):
        found[names[series]] += sum(passing(rest, sieve))
    return found


def _add(sample: KeptSample, metric: Metric, read: _Read, *, stand: Stand) -> None:
    """Add the values of a day; what is not settled yet is left out, or named, as the metric says."""
    values = read.sifted()
    if metric.settling is None:
        sample.by_day[read.key.day_on] = values
        return
    settled_until = stand.as_of - metric.settling.window
    last_on = day_of(settled_until, zone=stand.zone)
    if read.key.day_on < last_on:
        sample.by_day[read.key.day_on] = values
        return
    settled = array("i")
    if read.key.day_on == last_on:
        first_at = midnight(read.key.day_on, zone=stand.zone)
        last = (settled_until - first_at).total_seconds()
        settled = _settled(read, last=last, pages=stand.pages)
    unsettled = len(values) - len(settled)
    if metric.settling.leaves_out:
        sample.by_day[read.key.day_on] = settled
        sample.left_out[Reason.UNSETTLED] += unsettled
    else:
        sample.by_day[read.key.day_on] = values
        sample.also[PROVISIONAL_LIST] = range(len(sample.also[PROVISIONAL_LIST]) + unsettled)


def _settled(read: _Read, *, last: float, pages: Any) -> "array[int]":
    """The values of the one day in whose course the window ends, up to a second of it."""
    key, packed = read.key, read.rest
    if packed is None:
        packed = db.session.scalar(
            select(pages.rest).where(pages.series == key.series, pages.day_on == key.day_on)
        )
    (seconds,) = columns_in(packed or b"", [_SECOND])
    pairs = zip(read.sifted(), read.sifted(seconds), strict=True)
    return array("i", (value for value, second in pairs if second <= last))
