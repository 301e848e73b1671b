"""Merging what two people made of one text, line by line, as `git merge-file` does."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.comparing import Pieces, differences, lines_of


@dataclass(frozen=True)
class _Change:
    """What one of the two put in the place of the lines `[start, end)` of the base."""

    start: int
    end: int
    lines: Pieces


@dataclass(frozen=True)
class _Place:
    """Lines of the base that were changed, and what either made of them; None: left as they were."""

    start: int
    end: int
    ours: Pieces | None
    theirs: Pieces | None

    @property
    def lines(self) -> Pieces | None:
        """What stands there then; None when the two contradict each other."""
        if self.ours is None or self.ours == self.theirs:
            return self.theirs
        return self.ours if self.theirs is None else None


def merge_lines(base: str, one: str, other: str) -> str | None:
    """The text with the changes of both; None when they changed the same lines, or lines that touch."""
    if base in (one, other) or one == other:
        return other if base == one else one
    places = list(_places(lines_of(base), one, other))
    if any(place.lines is None for place in places):
        return None
    return "".join(_put_together(lines_of(base), [(place, place.lines or ()) for place in places]))


def merge_with_marks(base: str, one: str, other: str, *, names: tuple[str, str]) -> str:
    """The same, and where the two contradict each other both stand, between lines that say so."""
    lines = lines_of(base)
    places = [(place, _marked(place, names)) for place in _places(lines, one, other)]
    return "".join(_put_together(lines, places))


def has_marks(text: str, *, names: tuple[str, str]) -> bool:
    """Whether a text has lines left with which `merge_with_marks` says so."""
    marks = {f"<<<<<<< {names[0]}\n", f">>>>>>> {names[1]}\n"}
    return bool(marks & set(lines_of(f"{text}\n")))


def _marked(place: _Place, names: tuple[str, str]) -> Pieces:
    if place.lines is not None:
        return place.lines
    ours, theirs = map(_ended, (place.ours or (), place.theirs or ()))
    return [f"<<<<<<< {names[0]}\n", *ours, "=======\n", *theirs, f">>>>>>> {names[1]}\n"]


def _ended(lines: Pieces) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _put_together(base: Pieces, places: list[tuple[_Place, Pieces]]) -> Iterator[str]:
    at = 0
    for place, lines in places:
        yield from base[at : place.start]
        yield from lines
        at = place.end
    yield from base[at:]


def _places(base: Pieces, one: str, other: str) -> Iterator[_Place]:
    """Where the base was changed, from first to last; changes that touch are one place."""
    ours, theirs = list(_changes(base, one)), list(_changes(base, other))
    while ours or theirs:
        start = min(each[0].start for each in (ours, theirs) if each)
        end, mine, yours = start, list[_Change](), list[_Change]()
        while taken := _touching(end, ours, mine) or _touching(end, theirs, yours):
            end = max(end, taken.end)
        yield _Place(start, end, _side(base, start, end, mine), _side(base, start, end, yours))


def _touching(end: int, waiting: list[_Change], taken: list[_Change]) -> _Change | None:
    if not waiting or waiting[0].start > end:
        return None
    taken.append(waiting.pop(0))
    return taken[-1]


def _side(base: Pieces, start: int, end: int, changes: list[_Change]) -> Pieces | None:
    """What one of the two made of a place."""
    if not changes:
        return None
    made: list[str] = []
    for change in changes:
        made += [*base[start : change.start], *change.lines]
        start = change.end
    return [*made, *base[start:end]]


def _changes(base: Pieces, text: str) -> Iterator[_Change]:
    lines = lines_of(text)
    for each in differences(base, lines):
        yield _Change(each.old_from, each.old_to, lines[each.new_from : each.new_to])
