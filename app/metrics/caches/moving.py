"""Metrics: what took tickets onto the desk or a part of it, and off it, day by day, from what is kept."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import accumulate, chain
from operator import gt, lt, sub

from app.metrics.caches.fetching import lengths_of, rows_of
from app.metrics.caches.series import DESK, move_series
from app.metrics.caches.sieve import Sieve, passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.reports.moves import HAND_OVERS, Move, kinds_of


class Moved:
    """Every kind of move, day by day from a day on, and how many tickets were left."""

    def __init__(self, by_day: Mapping[date, Mapping[Move, int]], *, left: int) -> None:
        self._by_day, self._days = by_day, sorted(by_day)
        changes = (_change(by_day[day_on]) for day_on in reversed(self._days))
        self._left = [*accumulate(changes, sub, initial=left)][::-1]

    def left_before(self, day: date) -> int:
        """How many were there when a day began; not before the first day that was read."""
        return self._left[bisect_left(self._days, day)]

    def between(self, days: DaySpan) -> Counter[Move]:
        """How many moves of each kind there were."""
        found = Counter[Move]()
        for day_on in self._days:
            if days.holds(day_on):
                found.update(self._by_day[day_on])
        return found


def moved_since(start_on: date | None, *, daily_from: date | None, stand: Stand) -> Moved:
    """The moves since a day, or since the first, in a constant number of statements.

    It is reckoned back from who is left, so nothing older is read.  Of the whole desk only lengths of
    pages are; what is older than `daily_from` is then known together, as of the first of these days.
    """
    days, sieve = DaySpan(start_on), sieve_of(stand.where)
    names = {move_series(move): move for move in kinds_of(stand.where)}
    if sieve:
        found = _sifted(names, days, sieve, stand)
    elif start_on and daily_from and start_on < daily_from:
        older = _together(names, start_on, daily_from, stand)
        found = chain(older, _all(names, DaySpan(daily_from), stand))
    else:
        found = _all(names, days, stand)
    by_day: dict[date, Counter[Move]] = defaultdict(Counter)
    for day_on, move, n in found:
        by_day[day_on][move] += n
    return Moved(by_day, left=_left_now(sieve, stand))


_Moves = Iterable[tuple[date, Move, int]]


def _together(names: Mapping[str, Move], start_on: date, end_on: date, stand: Stand) -> _Moves:
    for series, n in lengths_of(names, DaySpan(start_on, end_on), shelf=stand.shelf).items():
        yield start_on, names[series], n


def _all(names: Mapping[str, Move], days: DaySpan, stand: Stand) -> _Moves:
    for series, day_on, n in rows_of(names, days, "series", "day_on", "n", shelf=stand.shelf):
        yield day_on, names[series], n


def _sifted(names: Mapping[str, Move], days: DaySpan, sieve: Sieve, stand: Stand) -> _Moves:
    handed_over: dict[date, dict[Move, bytes]] = defaultdict(dict)
    for series, day_on, rest in rows_of(names, days, "series", "day_on", "rest", shelf=stand.shelf):
        move, passed = names[series], bytes(passing(rest, sieve))
        if move in HAND_OVERS:
            handed_over[day_on][move] = passed
        else:
            yield day_on, move, sum(passed)
    for day_on, pages in handed_over.items():
        before, after = (pages[move] for move in HAND_OVERS)
        # What was in the part before and after did not leave it.
        yield day_on, Move.WENT_OUT, sum(map(gt, before, after))
        yield day_on, Move.CAME_IN, sum(map(lt, before, after))


def _left_now(sieve: Sieve, stand: Stand) -> int:
    if not sieve:
        return lengths_of([DESK], DaySpan(), shelf=stand.shelf).get(DESK, 0)
    pages = rows_of([DESK], DaySpan(), "rest", shelf=stand.shelf)
    return sum(sum(passing(rest, sieve)) for (rest,) in pages)


def _change(moves: Mapping[Move, int]) -> int:
    return sum(move.change * n for move, n in moves.items())
