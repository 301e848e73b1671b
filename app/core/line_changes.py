"""Where two texts differ, line by line, and within changed lines word by word, for people to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from app.core.comparing import Difference, differences, lines_of
from app.core.word_changes import Kind, Part, word_changes

CONTEXT = 3
"""So many lines that are the same are shown on either side of a difference."""
MOST_LINES = 3000
"""A comparison shows no more lines than these; what follows is only counted."""
MOST_STEPS = 300_000
"""What comparing lines, and then all changed words together, may cost (`core/comparing.py`)."""
LEAST_ALIKE = 0.3
"""Where a smaller share of the words is the same, single words say nothing: the lines are others."""


@dataclass(frozen=True)
class Row:
    """A line as one of the texts, or both, have it; numbers count from 1, None where it is not there.

    `left_out` lines that both have stand in its place if there are any; it has no parts then.
    """

    kind: Kind
    old: int | None
    new: int | None
    parts: Sequence[Part]
    left_out: int = 0


@dataclass
class LineChanges:
    """A comparison: its rows below each other, or old and new beside each other."""

    blocks: list[tuple[list[Row], list[Row]]] = field(default_factory=list)
    """Old and new rows of each place; of what both have, the same rows twice."""
    added: int = 0
    removed: int = 0
    unseen: int = 0
    """Lines of differences that are not shown: there are too many."""

    @property
    def inline(self) -> Iterator[Row]:
        """What is gone, then what is new, in each place."""
        for old, new in self.blocks:
            yield from old
            if new is not old:
                yield from new

    @property
    def beside(self) -> Iterator[tuple[Row | None, Row | None]]:
        """Old and new in pairs."""
        for old, new in self.blocks:
            yield from zip_longest(old, new)


def line_changes(
    old: str, new: str, *, by_word: bool, first_line: tuple[int, int] = (1, 1)
) -> LineChanges:
    """Compare two texts; `first_line` is the number that the first line of each has.

    With `by_word`, what differs within changed lines is marked too.
    """
    before, after = lines_of(old), lines_of(new)
    found = differences(before, after, most_steps=MOST_STEPS)
    made = LineChanges(
        added=sum(each.new_to - each.new_from for each in found),
        removed=sum(each.old_to - each.old_from for each in found),
    )
    maker = _Maker(before, after, first_line, MOST_STEPS // max(len(found), 1) if by_word else 0)
    at, shown = 0, 0
    for number, each in enumerate(found):
        shown += _size(each)
        if shown > MOST_LINES and number:
            made.unseen += sum(_size(rest) for rest in found[number:])
            return made
        made.blocks += maker.same(at, each, is_first=number == 0)
        made.blocks.append(maker.changed(each))
        made.unseen += _size(each) - sum(map(len, made.blocks[-1]))
        at = each.old_to
    if found:
        made.blocks += maker.rest(found[-1])
    return made


def _size(each: Difference) -> int:
    return each.old_to - each.old_from + each.new_to - each.new_from


class _Maker:
    """Makes the rows of a comparison."""

    def __init__(
        self, old: Sequence[str], new: Sequence[str], first: tuple[int, int], most_steps: int
    ) -> None:
        self.old, self.new, self.first, self.most_steps = old, new, first, most_steps

    def changed(self, each: Difference) -> tuple[list[Row], list[Row]]:
        """The lines of a difference, cut where a text is too long to be shown."""
        gone = self.old[each.old_from : each.old_to][:MOST_LINES]
        come = self.new[each.new_from : each.new_to][:MOST_LINES]
        old_parts, new_parts = self._marked(gone, come)
        first_old, first_new = each.old_from + self.first[0], each.new_from + self.first[1]
        return (
            [Row(Kind.GONE, first_old + n, None, old_parts[n]) for n in range(len(gone))],
            [Row(Kind.NEW, None, first_new + n, new_parts[n]) for n in range(len(come))],
        )

    def same(
        self, at: int, following: Difference, *, is_first: bool
    ) -> Iterator[tuple[list[Row], list[Row]]]:
        """What both have from there to the next difference: a few lines, and a count of the others."""
        before = 0 if is_first else CONTEXT
        yield from self._same(
            at, following.old_from, following.new_from - following.old_from, before, CONTEXT
        )

    def rest(self, last: Difference) -> Iterator[tuple[list[Row], list[Row]]]:
        """What both have after the last difference."""
        yield from self._same(last.old_to, len(self.old), last.new_to - last.old_to, CONTEXT, 0)

    def _same(
        self, start: int, end: int, ahead: int, before: int, after: int
    ) -> Iterator[tuple[list[Row], list[Row]]]:
        if end - start <= before + after + 1:
            before, after = end - start, 0
        rows = [self._row(n, ahead) for n in range(start, start + before)]
        if left_out := end - start - before - after:
            rows.append(Row(Kind.SAME, None, None, (), left_out))
        rows += [self._row(n, ahead) for n in range(end - after, end)]
        if rows:
            yield rows, rows

    def _row(self, number: int, ahead: int) -> Row:
        part = Part(Kind.SAME, self.old[number].removesuffix("\n"))
        first_old, first_new = self.first
        return Row(Kind.SAME, number + first_old, number + ahead + first_new, (part,))

    def _marked(
        self, gone: Sequence[str], come: Sequence[str]
    ) -> tuple[list[list[Part]], list[list[Part]]]:
        """The parts of each line, with what changed in it if enough is alike."""
        if gone and come and self.most_steps:
            old, new = "".join(gone), "".join(come)
            parts = word_changes(old, new, most_steps=self.most_steps)
            alike = sum(len(each.text.strip()) for each in parts if each.kind is Kind.SAME)
            if alike >= LEAST_ALIKE * min(len(old.strip()), len(new.strip())):
                return _in_lines(parts, Kind.NEW), _in_lines(parts, Kind.GONE)
        return _whole(gone), _whole(come)


def _whole(lines: Sequence[str]) -> list[list[Part]]:
    return [[Part(Kind.SAME, line.removesuffix("\n"))] for line in lines]


def _in_lines(parts: Sequence[Part], without: Kind) -> list[list[Part]]:
    """The parts that one of the two texts has, line by line."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        if part.kind is without:
            continue
        for piece in lines_of(part.text):
            text = piece.removesuffix("\n")
            if text:
                lines[-1].append(Part(part.kind, text))
            if text != piece:
                lines.append([])
    return lines
