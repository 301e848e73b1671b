"""Metrics: the cases of figures parted by what was said of them, or by when they count, from what is kept."""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, compress

from app.metrics.caches.fetching import rows_of
from app.metrics.caches.members import numbers_by_value
from app.metrics.caches.page import REST, columns_in, only, values_in
from app.metrics.caches.reading import Cutoff, KeptSample
from app.metrics.caches.series import series_of
from app.metrics.caches.sieve import Sieve, column_of, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.filtering import Key, Value
from app.metrics.period import day_of, midnight
from app.metrics.settling import ANSWERED_WITHIN, SETTLES_AFTER

_SECOND = REST.index("second")
_REASONS = [reason.value for reason in Reason]
_LONGEST_WINDOW = max(ANSWERED_WITHIN, SETTLES_AFTER)


class Parted:
    """The evidence of dated metrics for each value of a key; a case with several tags lies in each."""

    def __init__(self, shares: "_Shares", numbers: Mapping[Value, Sequence[int]]) -> None:
        self._shares, self._numbers = shares, numbers

    def cases(self) -> dict[Value, int]:
        """How many cases each value has, of all figures together."""
        sizes = self._shares.sizes()
        return {value: sum(sizes[n] for n in numbers) for value, numbers in self._numbers.items()}

    def samples(
        self, values: Collection[Value], metrics: Iterable[Metric]
    ) -> dict[Value, dict[str, KeptSample]]:
        """What the figures of some values are made of: of thousands of values, few may be asked for."""
        numbers = {value: self._numbers.get(value, ()) for value in values}
        self._shares.share_out({number for each in numbers.values() for number in each})
        asked = [*metrics]
        return {
            value: {metric.id: self._shares.sample(metric, each) for metric in asked}
            for value, each in numbers.items()
        }


def parted(
    days: DaySpan,
    *,
    metrics: Iterable[Metric],
    key: Key,
    stand: Stand,
) -> Parted:
    """The cases of these days, parted by what was said of them.

    Three statements at most, however many values there are.
    """
    shares = _Shares(stand)
    place = REST.index(column_of(key))
    for page in _pages(days, metrics, stand):
        (members,) = columns_in(page.rest, [place])
        shares.add(page, page.sifted(members))
    return Parted(shares, numbers_by_value(shares.members(), key))


def parted_by_time(
    days: DaySpan,
    starts: Sequence[date],
    *,
    metrics: Sequence[Metric],
    stand: Stand,
) -> dict[date, dict[str, KeptSample]]:
    """The same for stretches of these days that follow each other, by the day on which each begins.

    Without conditions only values are read, and the rest of the days that are not settled yet.
    """
    shares = _Shares(stand)
    for page in _settled_and_open(days, metrics, stand):
        place = bisect_right(starts, page.day_on) - 1
        shares.add(page, array("I", [place]) * len(page.sifted(page.values)))
    shares.share_out(range(len(starts)))
    return {
        start_on: {metric.id: shares.sample(metric, [place]) for metric in metrics}
        for place, start_on in enumerate(starts)
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of one list of a metric, as it was read."""

    metric: Metric
    name: str
    day_on: date
    values: "array[int]"
    rest: bytes
    sieve: Sieve

    def sifted(self, column: "array[int]") -> "array[int]":
        """What the column holds of the rows that pass."""
        if not self.sieve:
            return column
        return only(column, passing(self.rest, self.sieve))


def _pages(
    days: DaySpan, metrics: Iterable[Metric], stand: Stand, *, last_column: str = "rest"
) -> Iterator[_Page]:
    """The pages of all lists of dated metrics, day by day; without `rest`, rows cannot be told apart."""
    named = {
        series_of(metric.id, name): (metric, name)
        for metric in metrics
        if metric.dated_by_anchor
        for name in (COUNTED, *metric.asides, *_REASONS)
    }
    sieve, columns = sieve_of(stand.where), ("series", "day_on", "numbers", last_column)
    for series, day_on, numbers, last in rows_of(named, days, *columns, shelf=stand.shelf):
        yield _Page(*named[series], day_on, values_in(numbers), last, sieve)


def _settled_and_open(days: DaySpan, metrics: Sequence[Metric], stand: Stand) -> Iterator[_Page]:
    """The same; what is settled, and not sifted, without the rest."""
    open_since = day_of(stand.as_of - _LONGEST_WINDOW, zone=stand.zone)
    first_open = max(days.start_on or open_since, open_since)
    if stand.where or (days.end_on and days.end_on <= open_since):
        yield from _pages(days, metrics, stand, last_column="rest" if stand.where else "n")
        return
    settled, still_open = replace(days, end_on=first_open), replace(days, start_on=first_open)
    yield from _pages(settled, metrics, stand, last_column="n")
    yield from _pages(still_open, metrics, stand)


class _Shares:
    """What each member has of every figure: values, once they are shared out, and lengths of lists."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.chunks: dict[str, list[tuple[array[int], array[int]]]] = defaultdict(list)
        self.lengths: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self.values: dict[str, dict[int, array[int]]] = {}

    def add(self, page: _Page, members: "array[int]") -> None:
        """Add a page; `members` are those of its rows that pass, in order."""
        metric = page.metric
        if page.name != COUNTED:
            self.lengths[metric.id, page.name].update(members)
            return
        values, until = page.sifted(page.values), self._settled_until(page)
        if until is not None:
            (seconds,) = columns_in(page.rest, [_SECOND])
            still_open = [second > until for second in page.sifted(seconds)]
            leaves_out = metric.settling is not None and metric.settling.leaves_out
            name = Reason.UNSETTLED.value if leaves_out else PROVISIONAL_LIST
            self.lengths[metric.id, name].update(compress(members, still_open))
            if leaves_out:
                settled = [not each for each in still_open]
                members, values = only(members, settled), only(values, settled)
        self.chunks[metric.id].append((members, values))

    def members(self) -> set[int]:
        """Everybody who has a case in a list."""
        columns = (members for chunks in self.chunks.values() for members, _ in chunks)
        return set[int]().union(*columns, *self.lengths.values())

    def sizes(self) -> Counter[int]:
        """How many cases each member has."""
        made = Counter[int]()
        for chunks in self.chunks.values():
            for members, _ in chunks:
                made.update(members)
        return made

    def share_out(self, among: Collection[int]) -> None:
        """Give these members their values."""
        for id, chunks in self.chunks.items():
            shares = self.values[id] = {number: array("i") for number in among}
            for members, values in chunks:
                present = set(members)
                if len(present) == 1 and members[0] in shares:
                    shares[members[0]].extend(values)
                    continue
                rows: Iterable[tuple[int, int]] = zip(members, values, strict=True)
                if not present <= shares.keys():
                    rows = compress(rows, map(shares.__contains__, members))
                for member, value in rows:
                    shares[member].append(value)

    def sample(self, metric: Metric, numbers: Sequence[int]) -> KeptSample:
        """What these members have of a figure, together."""
        made = KeptSample(also=dict.fromkeys(metric.lists, range(0)))
        of_metric = self.values.get(metric.id, {})
        values = chain.from_iterable(of_metric[n] for n in numbers if n in of_metric)
        if together := sorted(values):
            made.add(date.min, array("i", together))
        for name in (*metric.lists, *_REASONS):
            lengths = self.lengths.get((metric.id, name))
            n = sum(lengths[number] for number in numbers) if lengths else 0
            if name in metric.lists:
                made.also[name] = range(n)
            elif n:
                made.left_out[name] = n
        return made

    def _settled_until(self, page: _Page) -> float | None:
        """The last second of the day of which cases are settled; None where all of the day's are."""
        cutoff, zone = Cutoff.of(page.metric, stand=self.stand), self.stand.zone
        if cutoff is None or page.day_on < cutoff.last_on:
            return None
        return (cutoff.until - midnight(page.day_on, zone=zone)).total_seconds()
