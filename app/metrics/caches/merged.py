"""Metrics: the ascending values of many days as one sequence, without putting them in order.  Pure."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain
from typing import overload

_EVERY = 64
_AROUND = 12
_FEW = 32
"""So few values a part are put in order faster than they are searched."""


class Merged(Sequence[int]):
    """Looks ranks up among sorted parts: the answer is exact, the work that of some searches.

    Of each part every 64th value stands for its neighbours; they say between which two values the
    rank lies, and only what is between them is put in order.  Of few values all are.
    """

    def __init__(self, parts: Sequence["array[int]"]) -> None:
        self.parts = [part for part in parts if part]
        self._length = sum(map(len, self.parts))
        self._posts: list[int] | None = None
        self._first, self._near = 0, list[int]()

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[int]:
        return merge(*self.parts)

    @overload
    def __getitem__(self, rank: int) -> int: ...
    @overload
    def __getitem__(self, rank: slice) -> list[int]: ...
    def __getitem__(self, rank: int | slice) -> int | list[int]:
        """The value of a rank from 0, or of some ranks."""
        if isinstance(rank, slice):
            return [self[each] for each in range(*rank.indices(self._length))]
        if rank < 0:
            rank += self._length
        if not 0 <= rank < self._length:
            raise IndexError(rank)
        if not self._first <= rank < self._first + len(self._near):
            self._look_near(rank)
        return self._near[rank - self._first]

    @property
    def total(self) -> int:
        """The sum of all."""
        return sum(map(sum, self.parts))

    def count_from(self, least: int) -> int:
        """How many are not less."""
        return self._length - sum(bisect_left(part, least) for part in self.parts)

    def _look_near(self, rank: int) -> None:
        if self._length <= _FEW * len(self.parts):
            self._near = sorted(chain.from_iterable(self.parts))
            return
        if self._posts is None:
            self._posts = sorted(chain.from_iterable(part[::_EVERY] for part in self.parts))
        post, around = rank * len(self._posts) // self._length, _AROUND
        while True:
            low = self._posts[max(post - around, 0)]
            last = post + around
            high = self._posts[last] if last < len(self._posts) else None
            bounds = [
                (
                    part,
                    bisect_left(part, low),
                    len(part) if high is None else bisect_right(part, high),
                )
                for part in self.parts
            ]
            first = sum(start for _, start, _ in bounds)
            if first <= rank < sum(end for _, _, end in bounds):
                near = chain.from_iterable(part[start:end] for part, start, end in bounds)
                self._first, self._near = first, sorted(near)
                return
            around *= 4
