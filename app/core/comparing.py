"""Comparing two texts piece by piece: where they differ, as git sees it.

The way from one text to the other is found by the linear-space algorithm of Myers, "An O(ND)
Difference Algorithm and Its Variations" (1986), 4b.  Where a difference could stand in several places
alike, it stands where git would put it: beside one of the other text, else as far down as it goes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_STEPS = 1_000_000
"""What a comparison may cost (about a second).  Beyond it, what is not compared yet counts as different."""

Pieces = Sequence[str]
Marks = bytearray
"""One for each piece, 1 where it has no counterpart in the other text; and a 0 at the end."""


@dataclass(frozen=True)
class Difference:
    """Pieces `[old_from, old_to)` of the old text stand where the new one has `[new_from, new_to)`."""

    old_from: int
    old_to: int
    new_from: int
    new_to: int


def lines_of(text: str) -> list[str]:
    """The lines of a text with their line feeds; no other character ends a line."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def differences(old: Pieces, new: Pieces, *, most_steps: int = MOST_STEPS) -> list[Difference]:
    """Where two texts differ, in order; between two differences is something that they share."""
    gone, come = Marks(len(old) + 1), Marks(len(new) + 1)
    _mark(old, new, gone, come, most_steps)
    _settle(old, gone, _facing(come))
    _settle(new, come, _facing(gone))
    return list(_runs(gone, come))


def _runs(gone: Marks, come: Marks) -> Iterator[Difference]:
    i = j = 0
    while i < len(gone) - 1 or j < len(come) - 1:
        old_from, new_from = i, j
        while gone[i]:
            i += 1
        while come[j]:
            j += 1
        if (i, j) != (old_from, new_from):
            yield Difference(old_from, i, new_from, j)
        i, j = i + 1, j + 1


def _mark(old: Pieces, new: Pieces, gone: Marks, come: Marks, most_steps: int) -> None:
    """Mark what is in one text alone.  Only pieces that both have somewhere need to be compared."""
    in_old, in_new = set(old), set(new)
    at_old = [i for i, piece in enumerate(old) if piece in in_new]
    at_new = [j for j, piece in enumerate(new) if piece in in_old]
    for i in range(len(old)):
        gone[i] = old[i] not in in_new
    for j in range(len(new)):
        come[j] = new[j] not in in_old
    search = _Search([old[i] for i in at_old], [new[j] for j in at_new], most_steps)
    for a_from, a_to, b_from, b_to in search.differing():
        for i in at_old[a_from:a_to]:
            gone[i] = 1
        for j in at_new[b_from:b_to]:
            come[j] = 1


class _Search:
    """The search for a shortest way from one text to the other."""

    def __init__(self, a: Pieces, b: Pieces, most_steps: int) -> None:
        self.a, self.b = a, b
        self.steps_left = most_steps

    def differing(self) -> Iterator[tuple[int, int, int, int]]:
        """Boxes (a from, a to, b from, b to) in which nothing is shared."""
        boxes = [(0, len(self.a), 0, len(self.b))]
        while boxes:
            a0, a1, b0, b1 = self._shrunk(*boxes.pop())
            if a0 == a1 or b0 == b1 or self.steps_left <= 0:
                yield a0, a1, b0, b1
                continue
            x, y = self._middle(a0, a1, b0, b1)
            boxes += [(a0, x, b0, y), (x, a1, y, b1)]

    def _shrunk(self, a0: int, a1: int, b0: int, b1: int) -> tuple[int, int, int, int]:
        """The box without what its two sides share at its beginning and at its end."""
        while a0 < a1 and b0 < b1 and self.a[a0] == self.b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and self.a[a1 - 1] == self.b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        return a0, a1, b0, b1

    def _middle(self, a0: int, a1: int, b0: int, b1: int) -> tuple[int, int]:
        """A point in the middle of a shortest way through the box, from both ends at once.

        `ahead` and `back` hold how far along `a` each diagonal has been followed.
        """
        ahead, back = {a0 - b0: a0}, {a1 - b1: a1}
        on, off = range(a0 - b0, a0 - b0 + 1), range(a1 - b1, a1 - b1 + 1)
        bounds = (a0 - b1, a1 - b0)
        odd = (on.start - off.start) % 2 == 1
        while self.steps_left > 0:
            self.steps_left -= len(on) + len(off)
            on = _wider(on, ahead, bounds, beyond=-1)
            for k in range(on.stop - 1, on.start - 1, -2):
                x = self._follow(ahead, k, a1, b1)
                if odd and k in off and back[k] <= x:
                    return x, x - k
            off = _wider(off, back, bounds, beyond=a1 + 1)
            for k in range(off.stop - 1, off.start - 1, -2):
                x = self._follow_back(back, k, a0, b0)
                if not odd and k in on and x <= ahead[k]:
                    return x, x - k
        return a0, b1

    def _follow(self, ahead: dict[int, int], k: int, a1: int, b1: int) -> int:
        x = ahead[k - 1] + 1 if ahead[k - 1] >= ahead[k + 1] else ahead[k + 1]
        while x < a1 and x - k < b1 and self.a[x] == self.b[x - k]:
            x += 1
        ahead[k] = x
        return x

    def _follow_back(self, back: dict[int, int], k: int, a0: int, b0: int) -> int:
        x = back[k - 1] if back[k - 1] < back[k + 1] else back[k + 1] - 1
        while x > a0 and x - k > b0 and self.a[x - 1] == self.b[x - k - 1]:
            x -= 1
        back[k] = x
        return x


def _wider(
    diagonals: range, reached: dict[int, int], bounds: tuple[int, int], *, beyond: int
) -> range:
    """One more diagonal on each side, or one fewer where the box ends; `beyond` is no way from there."""
    first, last = diagonals.start, diagonals.stop - 1
    if first > bounds[0]:
        first -= 1
        reached[first - 1] = beyond
    else:
        first += 1
    if last < bounds[1]:
        last += 1
        reached[last + 1] = beyond
    else:
        last -= 1
    return range(first, last + 1)


def _facing(marks: Marks) -> list[bool]:
    """After how many shared pieces this text has a difference of its own."""
    found = [False]
    for mark in marks[:-1]:
        if mark:
            found[-1] = True
        else:
            found.append(False)
    return found


def _settle(pieces: Pieces, marks: Marks, facing: list[bool]) -> None:
    """Move each run of marked pieces to where git would see it."""
    start = shared = 0
    while start < len(pieces):
        if not marks[start]:
            start, shared = start + 1, shared + 1
            continue
        run = _Run(pieces, marks, start, shared)
        run.settle(facing)
        start, shared = run.end, run.shared


class _Run:
    """A run of marked pieces `[start, end)` with `shared` unmarked ones before it."""

    def __init__(self, pieces: Pieces, marks: Marks, start: int, shared: int) -> None:
        self.pieces, self.marks, self.start, self.shared = pieces, marks, start, shared
        self.end = start
        self._join_following()

    def settle(self, facing: list[bool]) -> None:
        """Up as far as it goes, then down as far as it goes, again if it met others on the way."""
        size = 0
        while size != self.end - self.start:
            size = self.end - self.start
            while self.start and self.pieces[self.start - 1] == self.pieces[self.end - 1]:
                self._up()
            beside = self.shared if facing[self.shared] else None
            while self.end < len(self.pieces) and self.pieces[self.start] == self.pieces[self.end]:
                self._down()
                beside = self.shared if facing[self.shared] else beside
        while beside is not None and self.shared > beside:
            self._up()

    def _up(self) -> None:
        self.start, self.end, self.shared = self.start - 1, self.end - 1, self.shared - 1
        self.marks[self.start], self.marks[self.end] = 1, 0
        while self.start and self.marks[self.start - 1]:
            self.start -= 1

    def _down(self) -> None:
        self.marks[self.start], self.marks[self.end] = 0, 1
        self.start, self.end, self.shared = self.start + 1, self.end + 1, self.shared + 1
        self._join_following()

    def _join_following(self) -> None:
        while self.marks[self.end]:
            self.end += 1
