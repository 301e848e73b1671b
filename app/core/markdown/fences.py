"""Fenced code as people write it: indented a little, closed by a longer fence, or never closed.

The parser's extension wants a fence that is closed by its twin, at the same place; CommonMark 0.31
(4.5, "Fenced code blocks") says what else is one.  This preprocessor writes such fences as the
extension wants them, in one pass over the lines.
"""

import re
from typing import Any

from markdown.preprocessors import Preprocessor

_FENCE = re.compile(
    r"(?P<quote>(?: {0,3}+>)*+(?:(?<=>) )?+)(?P<indent> *+)(?P<fence>(?P<mark>[`~])(?P=mark){2,})(?P<info>.*)"
)
_CLOSER = re.compile(r"(?P<fence>`{3,}|~{3,}) *")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) +(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_LANGUAGE = re.compile(r"\.?([\w#.+-]+)(?=\s|$)")
_TITLE = re.compile(r"""\btitle=(?P<mark>["'])(?P<title>[^"']*)(?P=mark)""")


class FencePreprocessor(Preprocessor):
    """Writes every fence as the parser wants it."""

    def run(self, lines: list[str]) -> list[str]:
        """Lines to lines."""
        return _Fences().written(lines)


class _Fences:
    """The way through a text: which fence is open, and to which list items a line may belong."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.items: list[int] = []  # the columns from which on a line belongs to an open item
        self.after_blank = True
        self.fence = ""
        self.quotes = self.strip = self.container = 0
        self.lead = ""

    def written(self, lines: list[str]) -> list[str]:
        for line in lines:
            if self.fence:
                self._inside(line)
            else:
                self._part_from_code(line)
                self._outside(line)
        if self.fence:
            self._close()
        return self.out

    def _outside(self, line: str) -> None:
        opened = _FENCE.fullmatch(line)
        if opened and self._may_open(opened):
            self._open(opened)
            return
        self._note_items(line)
        self.out.append(line)

    def _part_from_code(self, line: str) -> None:
        """What a quote says behind its code is a paragraph of its own."""
        text, quotes = _without_quotes(line, self.quotes)
        if quotes and text.strip():
            self.out.append("> " * quotes)
        self.quotes = 0

    def _may_open(self, found: re.Match[str]) -> bool:
        """A backtick behind it makes it code in a line; four spaces make it indented code."""
        if found["mark"] == "`" and "`" in found["info"]:
            return False
        return len(found["indent"]) < self._container(found) + 4

    def _container(self, found: re.Match[str]) -> int:
        if found["quote"]:
            return 0
        return max((each for each in self.items if each <= len(found["indent"])), default=0)

    def _open(self, found: re.Match[str]) -> None:
        self.container = self._container(found)
        self.quotes = found["quote"].count(">")
        self.strip = len(found["indent"])
        self.lead = "> " * self.quotes + " " * (self.strip if self.container else 0)
        self.fence = found["fence"]
        if self.quotes:
            self.out.append("> " * self.quotes)
        self.out.append(self.lead + self.fence + _info(found["info"].strip()))

    def _inside(self, line: str) -> None:
        text, quotes = _without_quotes(line, self.quotes)
        indent = len(text) - len(text.lstrip(" "))
        if quotes < self.quotes or (text.strip() and indent < self.container):
            self._close()  # what it stood in has ended
            self._outside(line)
        elif indent < self.container + 4 and self._closes(text.strip(" ")):
            self._close()
        else:
            self.out.append(self.lead + text[min(indent, self.strip) :])

    def _closes(self, text: str) -> bool:
        return bool(_CLOSER.fullmatch(text)) and text.startswith(self.fence)

    def _close(self) -> None:
        self.out.append(self.lead + self.fence)
        self.fence = ""
        self.after_blank = False

    def _note_items(self, line: str) -> None:
        text = line.strip()
        column = len(line) - len(line.lstrip(" "))
        item = _ITEM.match(line)
        if text and (item or self.after_blank):
            self.items = [each for each in self.items if each <= column]
        if item:
            self.items.append(min(item.end(), column + 5))
        self.after_blank = not text


def _without_quotes(line: str, most: int) -> tuple[str, int]:
    """The line without up to so many quote marks, and how many it had."""
    at = found = 0
    while found < most and (mark := _QUOTE.match(line, at)):
        at, found = mark.end(), found + 1
    return line[at:], found


def _info(said: str) -> str:
    """Of what stands behind a fence, the language and a title mean something to us."""
    if said.startswith("{"):
        return said
    language = _LANGUAGE.match(said)
    title = _TITLE.search(said)
    words = [language[1] if language else "", f'title="{title["title"]}"' if title else ""]
    return " ".join(filter(None, words)) if title is None or language else f" {words[1]}"


def install(md: Any) -> None:
    """Before the extension takes fences out (31.05, where tabs in code are still tabs)."""
    md.preprocessors.register(FencePreprocessor(md), "fences", 32)
