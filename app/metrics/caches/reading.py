"""Metrics: read what is kept, for whole days of the reporting zone and as of now."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cache
from itertools import compress
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.core.db import plain_rows, snapshot
from app.metrics.caches.merged import Merged
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.series import Key, series_of
from app.metrics.caches.shelf import Pages, Shelf, lies_in
from app.metrics.caches.sieve import Sieve, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.caches.storing import columns_named
from app.metrics.day_span import DaySpan
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.period import day_of, midnight

_SECOND = REST.index("second")
_REASONS = [reason.value for reason in Reason]
PAGES_AT_ONCE = 50


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
    def of(cls, metric: Metric, *, stand: Stand) -> "Cutoff | None":
        """That of a metric; None where nothing has to settle."""
        if metric.settling is None:
            return None
        until = stand.as_of - metric.settling.window
        return cls(until, day_of(until, zone=stand.zone), metric.settling.leaves_out)

    def last_second(self, *, zone: tzinfo) -> float:
        """Up to which second of its day cases are settled."""
        return (self.until - midnight(self.last_on, zone=zone)).total_seconds()


def kept_samples(
    days: DaySpan, *, metrics: Iterable[Metric], stand: Stand
) -> dict[str, KeptSample]:
    """The evidence of metrics that are dated, in a constant number of statements.

    Without conditions only values are read; with conditions, the columns that they ask for as well.
    """
    sieve = sieve_of(stand.where)
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    samples = {m.id: KeptSample(also=dict.fromkeys(m.lists, range(0))) for m in asked}
    for (metric, name), n in _lengths(days, asked, sieve, stand.shelf).items():
        if name in metric.lists:
            samples[metric.id].also[name] = range(n)
        elif name in _REASONS:
            samples[metric.id].left_out[name] += n
    cutoffs = {m.id: Cutoff.of(m, stand=stand) for m in asked}
    unsettled = []
    columns = ("series", "day_on", "numbers", "rest" if sieve else "total")
    for series, day_on, numbers, more in rows_of(cutoffs, days, *columns, shelf=stand.shelf):
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
    for read, cutoff in _with_rest(unsettled, stand.shelf):
        _add_unsettled(samples[read.key.series], read, cutoff, zone=stand.zone)
    return samples


def rows_of(series: Iterable[str], days: DaySpan, *columns: str, shelf: Shelf) -> Sequence[Any]:
    """Columns of the pages of these series in a span of days, day by day."""
    return plain_rows(_pages(columns, shelf.model), _bound(series, days, shelf))


def stream_of(series: Iterable[str], days: DaySpan, *columns: str, shelf: Shelf) -> Iterator[Any]:
    """The same some at a time, so that a million cases need no room."""
    statement = _pages(columns, shelf.model).execution_options(yield_per=PAGES_AT_ONCE)
    with snapshot() as connection:
        yield from connection.execute(statement, _bound(series, days, shelf))


def lengths_of(series: Iterable[str], days: DaySpan, *, shelf: Shelf) -> dict[str, int]:
    """How many cases each of these series has in a span of days."""
    rows = plain_rows(_sums(shelf.model), _bound(series, days, shelf))
    return {name: int(n) for name, n in rows}


def some_of(keys: Collection[Key], *columns: str, shelf: Shelf) -> Sequence[Any]:
    """Columns of some pages, in one statement; none for none."""
    named = columns_named(columns, of=shelf.model)
    return plain_rows(select(*named).where(*shelf.holds(keys)), {}) if keys else ()


def ends_of(shelf: Shelf) -> tuple[date, date] | None:
    """The first and the last day of all pages, if there are any."""
    day_on = shelf.model.day_on
    ends = select(func.min(day_on), func.max(day_on)).where(*lies_in(shelf.model))
    ((first_on, last_on),) = plain_rows(ends, shelf.place)
    return (first_on, last_on) if first_on else None


# Statements are made once: each costs more to make than to run.


@cache
def _pages(columns: tuple[str, ...], model: Pages) -> Select[Any]:
    named = columns_named(columns, of=model)
    return select(*named).where(*_in_days(model)).order_by(model.day_on)


@cache
def _sums(model: Pages) -> Select[str, int]:
    sums = select(model.series, func.sum(model.n))
    return sums.where(*_in_days(model)).group_by(model.series)


def _in_days(model: Pages) -> tuple[ColumnElement[bool], ...]:
    return (
        *lies_in(model),
        model.series.in_(bindparam("these", expanding=True)),
        model.day_on >= bindparam("start_on"),
        model.day_on < bindparam("end_on"),
    )


def _bound(series: Iterable[str], days: DaySpan, shelf: Shelf) -> dict[str, Any]:
    ends = {"start_on": days.start_on or date.min, "end_on": days.end_on or date.max}
    return {"these": [*series], **ends, **shelf.place}


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


def lengths_by_day(days: DaySpan, series: Sequence[str], *, shelf: Shelf) -> dict[Key, int]:
    """How many cases each page of these series has."""
    rows = rows_of(series, days, "series", "day_on", "n", shelf=shelf)
    return {Key(name, on): n for name, on, n in rows}


def _lengths(
    days: DaySpan, metrics: Sequence[Metric], sieve: Sieve, shelf: Shelf
) -> dict[tuple[Metric, str], int]:
    """How long each list beside a metric is."""
    names = {
        series_of(metric.id, name): (metric, name)
        for metric in metrics
        for name in (*metric.asides, *_REASONS)
    }
    if not sieve:
        return {names[series]: n for series, n in lengths_of(names, days, shelf=shelf).items()}
    found: dict[tuple[Metric, str], int] = defaultdict(int)
    for series, rest in rows_of(names, days, "series", "rest", shelf=shelf):
        found[names[series]] += sum(passing(rest, sieve))
    return found


def _with_rest(
    unsettled: Sequence[tuple[_Read, Cutoff]], shelf: Shelf
) -> Iterator[tuple[_Read, Cutoff]]:
    """With all columns of those of whose day a part is settled, in one statement.

    Their values are read again with the rest: since they were read first the page may be another, or gone.
    """
    asked = {r.key for r, cutoff in unsettled if r.key.day_on == cutoff.last_on and r.rest is None}
    rows = some_of(asked, "series", "day_on", "numbers", "total", "rest", shelf=shelf)
    found = {Key(series, day_on): packed for series, day_on, *packed in rows}
    for read, cutoff in unsettled:
        if read.key not in asked:
            yield read, cutoff
        elif packed := found.get(read.key):
            numbers, total, rest = packed
            yield read._replace(values=values_in(numbers), total=total, rest=rest), cutoff


def _add_unsettled(sample: KeptSample, read: _Read, cutoff: Cutoff, *, zone: tzinfo) -> None:
    """Add the values of a day; what is not settled yet is left out, or named, as the metric says."""
    values, settled = read.sifted(), array("i")
    if read.key.day_on == cutoff.last_on:
        settled = _settled(read, last=cutoff.last_second(zone=zone))
    unsettled = len(values) - len(settled)
    if cutoff.leaves_out:
        sample.add(read.key.day_on, settled)
        sample.left_out[Reason.UNSETTLED] += unsettled
    else:
        sample.add(read.key.day_on, values, total=read.total)
        sample.also[PROVISIONAL_LIST] = range(len(sample.also[PROVISIONAL_LIST]) + unsettled)


def _settled(read: _Read, *, last: float) -> "array[int]":
    """The values of the one day in whose course the window ends, up to a second of it."""
    (seconds,) = columns_in(read.rest or b"", [_SECOND])
    pairs = zip(read.sifted(), read.sifted(seconds), strict=True)
    return array("i", (value for value, second in pairs if second <= last))
