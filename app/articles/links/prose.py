"""The parts of a Markdown text: prose, code and remarks (HTML comments); whichever begins first wins.

One pass, whatever the text: nothing is looked at again for a mark that is never closed.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from enum import StrEnum

Replace = Callable[[re.Match[str], int], str]
"""Gives what to put in place of a match; the number is its offset in the whole text."""

_FENCE = re.compile(r"^[ \t>]*(?:(?P<ticks>`{3,})[^`\n]*|(?P<tildes>~{3,})[^\n]*)$", re.MULTILINE)
_FENCE_END = re.compile(r"^[ \t>]*(?P<run>`{3,}|~{3,})[ \t]*$", re.MULTILINE)
_TICKS = re.compile(r"`+")
_BLOCK_END = re.compile(r"^(?:[ \t>]*$| {0,3}<!--|[ \t>]*(?:```|~~~))", re.MULTILINE)
_REMARK = re.compile(r"<!--")
_NOT_LINE_END = re.compile(r"[^\n]")


class Part(StrEnum):
    """What a piece of a text is."""

    PROSE = "prose"
    CODE = "code"
    REMARK = "remark"


def parts(text: str) -> Iterator[tuple[Part, int, str]]:
    """The text in pieces: what each is, its offset, the piece.  Together they are the text."""
    at = 0
    for part, start, end in _Scanner(text).found():
        if at < start:
            yield Part.PROSE, at, text[at:start]
        yield part, start, text[start:end]
        at = end
    if at < len(text):
        yield Part.PROSE, at, text[at:]


def prose(text: str) -> Iterator[tuple[bool, int, str]]:
    """The text in pieces: whether it is prose, its offset, the piece."""
    for part, at, piece in parts(text):
        yield part is Part.PROSE, at, piece


def only_prose(text: str) -> str:
    """The text with blanks in place of code and remarks, so that all else stays where it is."""
    return "".join(
        piece if is_prose else _NOT_LINE_END.sub(" ", piece) for is_prose, _, piece in prose(text)
    )


def replaced(text: str, pattern: re.Pattern[str], replace: Replace) -> str:
    """The text with all matches in its prose replaced.  No match spans code or remarks."""
    return "".join(
        pattern.sub(lambda found, at=at: replace(found, at + found.start()), piece)  # type: ignore[misc]
        if is_prose
        else piece
        for is_prose, at, piece in prose(text)
    )


class _Scanner:
    """Knows where every mark of a text is, so that each is looked up and none is looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.block_ends = [found.start() for found in _BLOCK_END.finditer(text)]
        self.runs: dict[int, list[int]] = {}
        """Where runs of so many backticks begin."""
        for found in _TICKS.finditer(text):
            self.runs.setdefault(len(found[0]), []).append(found.start())
        self.closers = {"`": _Closers(), "~": _Closers()}
        for found in _FENCE_END.finditer(text):
            run = found["run"]
            self.closers[run[0]].add(found.start(), found.end(), len(run))
        for closers in self.closers.values():
            closers.settle()

    def found(self) -> Iterator[tuple[Part, int, int]]:
        """Code and remarks with their beginnings and ends, in order."""
        at = 0
        for start, part, end_of in self._openings():
            if start < at:
                continue
            end = end_of(start)
            if end is not None:
                yield part, start, end
                at = end

    def _openings(self) -> list[tuple[int, Part, Callable[[int], int | None]]]:
        every: list[tuple[int, Part, Callable[[int], int | None]]] = []
        last = self.text.rfind("-->")
        for found in _REMARK.finditer(self.text, 0, max(last, 0)):
            every.append((found.start(), Part.REMARK, self._end_of_remark))
        for found in _FENCE.finditer(self.text):
            every.append((found.start(), Part.CODE, self._end_of_fence))
        for found in _TICKS.finditer(self.text):
            every.append((found.start(), Part.CODE, self._end_of_span))
        return sorted(every, key=lambda each: each[0])

    def _end_of_remark(self, start: int) -> int | None:
        end = self.text.find("-->", start + 2)  # `<!-->` is a whole remark
        return None if end < 0 else end + 3

    def _end_of_fence(self, start: int) -> int | None:
        """A fence that is never closed is none: its lines are prose, as the renderer has it."""
        found = _FENCE.match(self.text, start)
        if found is None:
            return None
        run = found["ticks"] or found["tildes"]
        return self.closers[run[0]].first(found.end(), len(run))

    def _end_of_span(self, start: int) -> int | None:
        found = _TICKS.match(self.text, start)
        if found is None:
            return None
        size = len(found[0])
        if _is_escaped(self.text, start):
            size -= 1
        runs = self.runs.get(size, [])
        nth = bisect_left(runs, found.end())
        if not size or nth == len(runs):
            return None
        block = bisect_right(self.block_ends, start)
        if block < len(self.block_ends) and self.block_ends[block] < runs[nth]:
            return None
        return runs[nth] + size


class _Closers:
    """Lines that may end a fence, in order."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.sizes: list[int] = []
        self.largest: list[int] = []
        """The largest size from here on."""

    def add(self, start: int, end: int, size: int) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.sizes.append(size)

    def settle(self) -> None:
        """Find the largest sizes, once all are known."""
        most = 0
        for size in reversed(self.sizes):
            most = max(most, size)
            self.largest.append(most)
        self.largest.reverse()

    def first(self, after: int, size: int) -> int | None:
        """The end of the first that is large enough.  What is passed over lies inside the fence."""
        nth = bisect_left(self.starts, after)
        if nth == len(self.starts) or self.largest[nth] < size:
            return None
        while self.sizes[nth] < size:
            nth += 1
        return self.ends[nth]


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
