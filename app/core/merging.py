"""Merging what two people made of one text, line by line, as `git merge-file` does."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.comparing import Difference, Pieces, differences, lines_of


@dataclass(frozen=True)
class _Change:
    """What one of the two put in the place of some lines of the base."""

    start: int
    end: int
    lines: Pieces


def merge_lines(base: str, one: str, other: str) -> str | None:
    """The text with the changes of both; None when they changed the same lines, or lines that touch."""
    if base in (one, other) or one == other:
        return other if base == one else one
    lines = lines_of(base)
    merged: list[str] = []
    at = 0
    ours, theirs = _changes(lines, one), _changes(lines, other)
    for change in _in_order(list(ours), list(theirs)):
        if change is None:
            return None
        merged += [*lines[at : change.start], *change.lines]
        at = change.end
    return "".join(merged + lines[at:])


def _changes(base: Pieces, text: str) -> Iterator[_Change]:
    lines = lines_of(text)
    for found in differences(base, lines):
        yield _as_change(found, lines)


def _as_change(found: Difference, lines: Pieces) -> _Change:
    return _Change(found.old_from, found.old_to, lines[found.new_from : found.new_to])


def _in_order(ours: list[_Change], theirs: list[_Change]) -> Iterator[_Change | None]:
    """The changes of both from first to last; None where two of them meet and differ."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if ours[i].end < theirs[j].start:
            yield ours[i]
            i += 1
        elif theirs[j].end < ours[i].start:
            yield theirs[j]
            j += 1
        else:
            yield ours[i] if ours[i] == theirs[j] else None
            i, j = i + 1, j + 1
    yield from ours[i:]
    yield from theirs[j:]
