"""Metrics: the ascending values of many days as one sequence, without putting them in order.  Pure."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, repeat
from math import isqrt
from typing import overload

_AROUND = 12
_FEW = 64
"""So few values a part are put in order faster than they are searched."""


class Merged(Sequence[int]):
    """Looks ranks up among sorted parts: the answer is exact, the work that of some searches.

    Of each part some values stand for their neighbours; they say between which two values the rank
    lies, and only what is between them is put in order.  Of few values all are.
    """

    def __init__(self, parts: Sequence["array[int]"]) -> None:
        self.parts = [part for part in parts if part]
        self._length = sum(map(len, self.parts))
        self._posts: array[int] | None = None
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

    def count_from(self, least: int) -> int:
        """How many are not less."""
        return self._length - sum(bisect_left(part, least) for part in self.parts)

    def _look_near(self, rank: int) -> None:
        parts, n = self.parts, self._length
        if n <= _FEW * len(parts):
            self._near = sorted(chain.from_iterable(parts))
            return
        if self._posts is None:
            # The more there are, the less is between two of them, but the longer it takes to find those.
            every = isqrt(n // (len(parts) + _AROUND))
            self._posts = array("i", sorted(chain.from_iterable(part[::every] for part in parts)))
        posts, around = self._posts, _AROUND
        post = rank * len(posts) // n
        while True:
            low, last = posts[max(post - around, 0)], post + around
            starts = [*map(bisect_left, parts, repeat(low))]
            ends = (
                map(bisect_right, parts, repeat(posts[last]))
                if last < len(posts)
                else map(len, parts)
            )
            bounds = [*zip(parts, starts, ends, strict=True)]
            first = sum(starts)
            if first <= rank < first + sum(end - start for _, start, end in bounds):
                near = chain.from_iterable(part[start:end] for part, start, end in bounds)
                self._first, self._near = first, sorted(near)
                return
            around *= 4
