"""Metrics: read what is kept, for whole days of the reporting zone and as of now."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_

from app.core.db import plain_rows
from app.core.settings import settings
from app.core.web.remembering import remembered
from app.metrics.caches.merged import Merged
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.refreshing import STAMP
from app.metrics.caches.series import Key, move_series, series_of
from app.metrics.caches.sieve import Sieve, passing, sieve_of
from app.metrics.day_span import DaySpan
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.filtering import EVERY, Where
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
    total: int = 0
    _merged: Merged | None = None

    def add(self, day: date, values: "array[int]", *, total: int | None = None) -> None:
        """Add the values of a day, of which there was nothing yet; their sum, if it is known."""
        self.by_day[day] = values
        self.total += sum(values) if total is None else total

    @property
    def ordered(self) -> Merged:
        """The values, ascending."""
        if self._merged is None:
            self._merged = Merged([*self.by_day.values()])
        return self._merged

    def of_days(self, start_on: date, end_on: date) -> Merged:
        """The values of [start_on, end_on), ascending."""
        return Merged([part for day, part in self.by_day.items() if start_on <= day < end_on])

    def count_from(self, least: int) -> int:
        """How many values are not less."""
        return self.ordered.count_from(least)

    @property
    def excluded(self) -> Mapping[Reason, range]:
        """How many were left out, by reason."""
        return {Reason(name): range(n) for name, n in sorted(self.left_out.items()) if n}


class Cutoff(NamedTuple):
    """Until when cases of a metric are settled, the day of that, and whether later ones are left out."""

    until: datetime
    last_on: date
    leaves_out: bool

    @classmethod
    def of(cls, metric: Metric, *, as_of: datetime, zone: tzinfo) -> "Cutoff | None":
        """That of a metric; None where nothing has to settle."""
        if metric.settling is None:
            return None
        until = as_of - metric.settling.window
        return cls(until, day_of(until, zone=zone), metric.settling.leaves_out)

    def last_second(self, *, zone: tzinfo) -> float:
        """Up to which second of its day cases are settled."""
        return (self.until - midnight(self.last_on, zone=zone)).total_seconds()


def kept_samples(
    days: DaySpan,
    *,
    metrics: Iterable[Metric],
    as_of: datetime,
    zone: tzinfo,
    where: Where = EVERY,
) -> dict[str, KeptSample]:
    """The evidence of metrics that are dated, in a constant number of statements.

    Without conditions only values are read; with conditions, the columns that they ask for as well.
    """
    sieve = sieve_of(where)
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    samples = {m.id: KeptSample(also=dict.fromkeys(m.lists, range(0))) for m in asked}
    for (metric, name), n in _lengths(days, asked, sieve).items():
        if name in metric.lists:
            samples[metric.id].also[name] = range(n)
        elif name in _REASONS:
            samples[metric.id].left_out[name] += n
    cutoffs = {m.id: Cutoff.of(m, as_of=as_of, zone=zone) for m in asked}
    unsettled = []
    columns = ("series", "day_on", "numbers", "rest" if sieve else "total")
    for series, day_on, numbers, more in rows_of(cutoffs, days, *columns):
        cutoff = cutoffs[series]
        if cutoff and day_on >= cutoff.last_on:
            packed, total = (more, None) if sieve else (None, more)
            read = _Read(Key(series, day_on), values_in(numbers), packed, total, sieve)
            unsettled.append((read, cutoff))
        elif sieve:
            passed = array("i", compress(values_in(numbers), passing(more, sieve)))
            samples[series].add(day_on, passed)
        else:
            samples[series].add(day_on, values_in(numbers), total=more)
    for read, cutoff, packed in _with_rest(unsettled):
        _add_unsettled(samples[read.key.series], read, cutoff, packed, zone=zone)
    return samples


def rows_of(series: Iterable[str], days: DaySpan, *columns: str) -> Sequence[Any]:
    """Columns of the pages of these series in a span of days, day by day."""
    return plain_rows(_pages(columns), {"these": [*series], **_ends(days)})


def lengths_of(series: Iterable[str], days: DaySpan) -> dict[str, int]:
    """How many cases each of these series has in a span of days."""
    return {name: int(n) for name, n in plain_rows(_SUMS, {"these": [*series], **_ends(days)})}


_IN_DAYS = (
    MetricPage.series.in_(bindparam("these", expanding=True)),
    MetricPage.day_on >= bindparam("start_on"),
    MetricPage.day_on < bindparam("end_on"),
)
_SUMS = (
    select(MetricPage.series, func.sum(MetricPage.n)).where(*_IN_DAYS).group_by(MetricPage.series)
)


@cache
def _pages(columns: tuple[str, ...]) -> Select[Any]:
    """The statement, made once: it costs more to make than to run."""
    named = (getattr(MetricPage, column) for column in columns)
    return select(*named).where(*_IN_DAYS).order_by(MetricPage.day_on)


def _ends(days: DaySpan) -> dict[str, date]:
    return {"start_on": days.start_on or date.min, "end_on": days.end_on or date.max}


class _Read(NamedTuple):
    """A page as it was read; the rest of it only where it has to be sifted."""

    key: Key
    values: "array[int]"
    rest: bytes | None
    total: int | None
    sieve: Sieve

    def sifted(self, values: "array[int] | None" = None) -> "array[int]":
        """Its values, or as many others, of the rows that pass."""
        whole = self.values if values is None else values
        if not self.sieve or self.rest is None:
            return whole
        return array("i", compress(whole, passing(self.rest, self.sieve)))


def within(days: DaySpan) -> Iterator[ColumnElement[bool]]:
    """The conditions that a page lies in a span of days."""
    if days.start_on:
        yield MetricPage.day_on >= days.start_on
    if days.end_on:
        yield MetricPage.day_on < days.end_on


def backlog_before(day: date | None) -> int:
    """How many tickets were on the desk when a day began; of None, how many are now."""

    def read() -> int:
        change = _changes()
        lengths = lengths_of(change, DaySpan(None, day))
        return sum(n * change[series] for series, n in lengths.items())

    return remembered(STAMP, ("backlog", day, settings().reporting_zone), read)


def changes_of_backlog(days: DaySpan) -> Iterator[tuple[date, int]]:
    """By how much the backlog changed, kind of move by kind of move, day by day."""
    change = _changes()
    for day_on, series, n in rows_of(change, days, "day_on", "series", "n"):
        yield day_on, n * change[series]


def _changes() -> dict[str, int]:
    return {move_series(move): move.change for move in Move}


def lengths_by_day(days: DaySpan, series: Sequence[str]) -> dict[Key, int]:
    """How many cases each page of these series has."""
    return {Key(name, on): n for name, on, n in rows_of(series, days, "series", "day_on", "n")}


def _lengths(
    days: DaySpan, metrics: Sequence[Metric], sieve: Sieve
) -> dict[tuple[Metric, str], int]:
    """How long each list beside a metric is."""
    names = {
        series_of(metric.id, name): (metric, name)
        for metric in metrics
        for name in (*metric.asides, *_REASONS)
    }
    if not sieve:
        return {names[series]: n for series, n in lengths_of(names, days).items()}
    found: dict[tuple[Metric, str], int] = defaultdict(int)
    for series, rest in rows_of(names, days, "series", "rest"):
        found[names[series]] += sum(passing(rest, sieve))
    return found


def _with_rest(
    unsettled: Sequence[tuple[_Read, Cutoff]],
) -> Iterator[tuple[_Read, Cutoff, bytes]]:
    """With all columns of those of whose day a part is settled, in one statement."""
    keys = [r.key for r, cutoff in unsettled if r.key.day_on == cutoff.last_on and r.rest is None]
    rows = select(MetricPage.series, MetricPage.day_on, MetricPage.rest).where(
        tuple_(MetricPage.series, MetricPage.day_on).in_(keys)
    )
    found = {Key(*key): rest for *key, rest in plain_rows(rows)} if keys else {}
    for read, cutoff in unsettled:
        yield read, cutoff, read.rest or found.get(read.key, b"")


def _add_unsettled(
    sample: KeptSample, read: _Read, cutoff: Cutoff, rest: bytes, *, zone: tzinfo
) -> None:
    """Add the values of a day; what is not settled yet is left out, or named, as the metric says."""
    values, settled = read.sifted(), array("i")
    if read.key.day_on == cutoff.last_on:
        settled = _settled(read, rest, last=cutoff.last_second(zone=zone))
    unsettled = len(values) - len(settled)
    if cutoff.leaves_out:
        sample.add(read.key.day_on, settled)
        sample.left_out[Reason.UNSETTLED] += unsettled
    else:
        sample.add(read.key.day_on, values, total=read.total)
        sample.also[PROVISIONAL_LIST] = range(len(sample.also[PROVISIONAL_LIST]) + unsettled)


def _settled(read: _Read, rest: bytes, *, last: float) -> "array[int]":
    """The values of the one day in whose course the window ends, up to a second of it."""
    (seconds,) = columns_in(rest, [_SECOND])
    pairs = zip(read.sifted(), read.sifted(seconds), strict=True)
    return array("i", (value for value, second in pairs if second <= last))
