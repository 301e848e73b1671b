"""Metrics: how old the tickets on the desk are, by the weeks in which customers first wrote.  Pure."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import overload

from app.metrics.period import whole_seconds


class Ages(Sequence[int]):
    """The ages at an instant, ascending, of weeks that each hold the seconds at which something began.

    `weeks` are the first instant of a week and its ascending seconds, in order: looking a rank up is a
    search among the weeks, and nothing is put in order.
    """

    def __init__(self, weeks: Sequence[tuple[datetime, "array[int]"]], *, as_of: datetime) -> None:
        self._weeks = [(whole_seconds(first_at, as_of), part) for first_at, part in reversed(weeks)]
        self._ends = [*accumulate(len(part) for _, part in self._weeks)]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[int]:
        return (since - second for since, part in self._weeks for second in reversed(part))

    @overload
    def __getitem__(self, rank: int) -> int: ...
    @overload
    def __getitem__(self, rank: slice) -> list[int]: ...
    def __getitem__(self, rank: int | slice) -> int | list[int]:
        """The age of a rank from 0, or of some ranks."""
        if isinstance(rank, slice):
            return [self[each] for each in range(*rank.indices(len(self)))]
        if rank < 0:
            rank += len(self)
        if not 0 <= rank < len(self):
            raise IndexError(rank)
        place = bisect_right(self._ends, rank)
        since, part = self._weeks[place]
        return since - part[self._ends[place] - 1 - rank]

    @property
    def total(self) -> int:
        """The sum of all."""
        return sum(since * len(part) - sum(part) for since, part in self._weeks)
