"""A text as readers may have it: no remarks, and no link but to what they may see."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from app.articles.linking import targets
from app.articles.links.prose import Part, only_prose, parts

Lead = Callable[[str], str | None]
"""Gives what to write in place of a target; None for one that nobody is to be led to."""

_LONGEST_TITLE = 1000
_LINK_END = re.compile(
    rf"(?:(?<=<)[^<>\n]*>|[^)\s>]+>?)(?:\s+(?:\"[^\"]{{0,{_LONGEST_TITLE}}}\"|'[^']{{0,{_LONGEST_TITLE}}}'))?\s*\)"
)
_DEFINITION = re.compile(
    r"^[ \t>]*\[(?P<name>[^\]\n]+)\]:[ \t]*(?:\n[ \t]*)?[^\n]*\n?"
    r"(?:[ \t]+[\"'(][^\n]*[\"')][ \t]*(?:\n|\Z))?",
    re.MULTILINE,
)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_UNQUOTED = re.compile(r"\s(?:href|src)\s*=\s*(?P<target>[^\s\"'<>]+)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s*(?:href|src)\s*=\s*[\"']?\Z", re.IGNORECASE)
_LONGEST_ATTRIBUTE = 40
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


def for_readers(text: str, lead: Lead) -> str:
    """The text without remarks, where each link leads to what `lead` gives, and is words without that.

    Code stays as it is, whatever it says.
    """
    editing = _Editing(text, only_prose(text))
    editing.leave_out_remarks()
    return editing.led(lead)


def led(text: str, lead: Lead) -> str:
    """The same with its remarks, as they are."""
    return _Editing(text, only_prose(text)).led(lead)


@dataclass
class _Editing:
    """One text, and what is to be put in place of which parts of it."""

    text: str
    mask: str
    """The text with blanks in place of code and remarks."""
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    """Beginning, end, and what is put there."""

    def led(self, lead: Lead) -> str:
        pairs = dict(_pairs(self.mask))
        opened = {close: start for start, close in pairs.items()}
        definitions = {found.start(): found for found in _DEFINITION.finditer(self.mask)}
        lines = {found.end("name"): found for found in definitions.values()}
        lost: set[str] = set()
        for target, offset in (*targets(self.mask), *_unquoted(self.mask)):
            if (new := lead(target)) is not None:
                if new != target:
                    self.edits.append((offset, offset + len(target), new))
            elif (close := _before(self.mask, offset, "](")) is not None:
                self._unlink(opened.get(close), close, offset, target)
            elif (close := _before(self.mask, offset, "]:")) is not None and close in lines:
                lost.add(_name(lines[close]["name"]))
                self.edits.append((lines[close].start(), lines[close].end(), ""))
            else:
                self._leave_out_attribute(offset, target)
        if lost:
            self._unlink_references(pairs, lost)
        return self._edited()

    def leave_out_remarks(self) -> None:
        for part, at, piece in parts(self.text):
            if part is Part.REMARK:
                end = at + len(piece)
                is_line = self.text[at - 1 : at] in ("", "\n") and self.text.startswith("\n", end)
                self.edits.append((at, end + is_line, ""))

    def _unlink(self, start: int | None, close: int, offset: int, target: str) -> None:
        """Leave the words of a link or picture, or at least not say where it leads."""
        found = _LINK_END.match(self.mask, offset)
        if start is None or found is None:
            self.edits.append((offset, offset + len(target), ""))
            return
        self._leave_out_mark(start)
        self.edits.append((close, found.end(), ""))

    def _unlink_references(self, pairs: Mapping[int, int], lost: set[str]) -> None:
        for start, close in pairs.items():
            second = pairs.get(close + 1)
            name = self.mask[close + 2 : second] if second is not None else ""
            if _name(name or self.mask[start + 1 : close]) in lost:
                if second is None and self.mask.startswith("(", close + 1):
                    continue  # a link of its own
                self._leave_out_mark(start)
                self.edits.append((close, (close if second is None else second) + 1, ""))

    def _leave_out_mark(self, start: int) -> None:
        is_picture = self.mask.startswith("!", start - 1) if start else False
        self.edits.append((start - is_picture, start + 1, ""))

    def _leave_out_attribute(self, offset: int, target: str) -> None:
        before = _ATTRIBUTE.search(self.mask, max(offset - _LONGEST_ATTRIBUTE, 0), offset)
        start, end = before.start() if before else offset, offset + len(target)
        is_quoted = before is not None and before[0].endswith(('"', "'"))
        self.edits.append((start, end + is_quoted, ""))

    def _edited(self) -> str:
        made, at = [], 0
        for start, end, new in sorted(self.edits):
            if start >= at:
                made += [self.text[at:start], new]
            at = max(at, end)
        return "".join(made) + self.text[at:]


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Brackets and those that close them."""
    still_open: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            still_open.append(found.start())
        elif found[0] == "]" and still_open:
            yield still_open.pop(), found.start()


def _unquoted(text: str) -> Iterator[tuple[str, int]]:
    """The targets of tags whose attributes have no quotes, with their offsets."""
    for tag in _TAG.finditer(text):
        for found in _UNQUOTED.finditer(text, tag.start(), tag.end()):
            yield found["target"], found.start("target")


def _before(text: str, offset: int, mark: str) -> int | None:
    """Where the mark stands before a target, over blanks and a `<`."""
    at = offset - (text[offset - 1 : offset] == "<")
    while at and text[at - 1].isspace():
        at -= 1
    return at - len(mark) if text.startswith(mark, at - len(mark)) else None


def _name(said: str) -> str:
    return " ".join(said.split()).casefold()
