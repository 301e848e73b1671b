"""Metrics: what figures are made of, from what is kept, for whole days of the reporting zone."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from itertools import compress
from typing import NamedTuple

from app.metrics.caches.fetching import lengths_of, rows_of, rows_of_spans
from app.metrics.caches.merged import Merged
from app.metrics.caches.page import REST, columns_in, only, values_in
from app.metrics.caches.series import series_of
from app.metrics.caches.sieve import Sieve, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.period import day_of, midnight

_SECOND = REST.index("second")
_REASONS = [reason.value for reason in Reason]


@dataclass(slots=True)
class KeptSample:
    """The evidence of one metric without its tickets: day by day ascending values, and lengths of lists."""

    also: dict[str, range] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    by_day: dict[date, "array[int]"] = field(default_factory=dict)
    _summed: int = 0
    _unsummed: list["array[int]"] = field(default_factory=list)

    def add(self, day: date, values: "array[int]", *, total: int | None = None) -> None:
        """Add the values of a day, of which there was nothing yet; their sum, if it is known."""
        self.by_day[day] = values
        if total is None:
            self._unsummed.append(values)
        else:
            self._summed += total

    @property
    def total(self) -> int:
        """The sum of the values."""
        return self._summed + sum(map(sum, self._unsummed))

    @property
    def ordered(self) -> Merged:
        """The values, ascending; whoever looks ranks up does so in one of these, which remembers."""
        return Merged([*self.by_day.values()])

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
    """The evidence of metrics that are dated, in two statements.

    Without conditions only values are read; with conditions, the columns that they ask for as well.
    """
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    (samples,) = kept_values([days], metrics=asked, stand=stand)
    for (metric, name), n in _lengths(days, asked, stand).items():
        sample = samples[metric.id]
        if name in metric.lists:
            sample.also[name] = range(n + len(sample.also[name]))
        elif name in _REASONS:
            sample.left_out[name] += n
    return samples


def kept_values(
    spans: Sequence[DaySpan], *, metrics: Iterable[Metric], stand: Stand
) -> list[dict[str, KeptSample]]:
    """The same of several spans, without what is listed beside the values; one statement."""
    asked = [metric for metric in metrics if metric.dated_by_anchor]
    made = [{m.id: KeptSample(also=dict.fromkeys(m.lists, range(0))) for m in asked} for _ in spans]
    cutoffs = {m.id: Cutoff.of(m, stand=stand) for m in asked}
    sieve = sieve_of(stand.where)
    ends = {cutoff.last_on for cutoff in cutoffs.values() if cutoff}
    of_day: dict[date, list[dict[str, KeptSample]]] = {}
    columns = ("series", "day_on", "numbers", "total")
    for series, day_on, numbers, total, rest in rows_of_spans(
        cutoffs, spans, columns, ("rest",), on=None if sieve else ends, shelf=stand.shelf
    ):
        cutoff, values = cutoffs[series], values_in(numbers)
        concerned = of_day.get(day_on)
        if concerned is None:
            having = (span.holds(day_on) for span in spans)
            concerned = of_day[day_on] = [*compress(made, having)]
        if sieve or (cutoff and day_on >= cutoff.last_on):
            page = _Page(day_on, values, None if sieve else total, rest, sieve)
            for samples in concerned:
                _add(samples[series], page, cutoff, zone=stand.zone)
        else:
            for samples in concerned:
                samples[series].add(day_on, values, total=total)
    return made


def _lengths(
    days: DaySpan, metrics: Sequence[Metric], stand: Stand
) -> dict[tuple[Metric, str], int]:
    """How long each list beside a metric is."""
    sieve, shelf = sieve_of(stand.where), stand.shelf
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


class _Page(NamedTuple):
    """A page as it was read; its sum where nothing is sifted, the rest of it where that is needed."""

    day_on: date
    values: "array[int]"
    total: int | None
    rest: bytes | None
    sieve: Sieve

    def sifted(self, column: "array[int]") -> "array[int]":
        """What the column holds of the rows that pass."""
        if not self.sieve or self.rest is None:
            return column
        return only(column, passing(self.rest, self.sieve))


def _add(sample: KeptSample, page: _Page, cutoff: Cutoff | None, *, zone: tzinfo) -> None:
    """Add the values of a day; what is not settled yet is left out, or named, as the metric says."""
    values = page.sifted(page.values)
    if cutoff is None or page.day_on < cutoff.last_on:
        sample.add(page.day_on, values, total=page.total)
        return
    settled = array("i")
    if page.day_on == cutoff.last_on:
        settled = _settled(page, values, last=cutoff.last_second(zone=zone))
    unsettled = len(values) - len(settled)
    if cutoff.leaves_out:
        sample.add(page.day_on, settled)
        sample.left_out[Reason.UNSETTLED] += unsettled
    else:
        sample.add(page.day_on, values, total=page.total)
        sample.also[PROVISIONAL_LIST] = range(len(sample.also[PROVISIONAL_LIST]) + unsettled)


def _settled(page: _Page, values: "array[int]", *, last: float) -> "array[int]":
    """The values of the one day in whose course the window ends, up to a second of it."""
    (seconds,) = columns_in(page.rest or b"", [_SECOND])
    pairs = zip(values, page.sifted(seconds), strict=True)
    return array("i", (value for value, second in pairs if second <= last))
