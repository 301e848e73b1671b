"""Lists as people write them: straight after a line of text, nested by two spaces.

Python-Markdown wants a blank line before a list and four spaces a level; nearly everybody has
learnt CommonMark's rules elsewhere.  This preprocessor moves the lines to where the parser wants
them.  It runs when fenced code and HTML are put aside already, and gives these a paragraph each.
"""

import re
from typing import Any

from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_ITEM = re.compile(r"^(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +)(?=\S)")
_RULE = re.compile(r"^ {0,3}([-*_])( *\1){2,} *$")
_DEEPEST = 12


class ListPreprocessor(Preprocessor):
    """Moves list items to the indentation at which the parser reads what was meant."""

    def __init__(self, md: Any) -> None:
        super().__init__(md)
        self._start()

    def run(self, lines: list[str]) -> list[str]:
        """Lines to lines."""
        self._start()
        return [moved for line in lines for moved in self._line(line.expandtabs(4))]

    def _start(self) -> None:
        self.levels: list[tuple[int, int]] = []  # column of the marker, column that belongs to it
        self.after_blank = True
        self.block_is_list = False

    def _line(self, line: str) -> list[str]:
        if not line.strip():
            self.after_blank = True
            return [line]
        if HTML_PLACEHOLDER_RE.fullmatch(line.strip()):
            moved = ["", self._other(line), ""]
            self.after_blank = True
            return moved
        item = _ITEM.match(line)
        if item and not _RULE.match(line) and self._begins_item(item):
            moved = self._item(item)
        else:
            self.block_is_list &= not self.after_blank
            moved = [self._other(line)]
        self.after_blank = False
        return moved

    def _begins_item(self, item: re.Match[str]) -> bool:
        """Whether an item can begin here: of two in a paragraph, only `-` and `1.` can."""
        column = len(item["indent"])
        if self.levels:
            return not (self.after_blank and column >= self.levels[-1][1] + 4)  # code in an item
        if self.after_blank:
            return column < 4
        return not column and item["marker"] in ("-", "*", "+", "1.", "1)")

    def _item(self, item: re.Match[str]) -> list[str]:
        column = len(item["indent"])
        self._close(column)
        if len(self.levels) < _DEEPEST:
            self.levels.append((column, min(item.end(), column + 2)))
        own_block = not self.after_blank and not self.block_is_list
        self.block_is_list = True
        indent = " " * 4 * (len(self.levels) - 1)
        line = f"{indent}{item['marker'].replace(')', '.')} {item.string[item.end() :]}"
        return ["", line] if own_block else [line]

    def _other(self, line: str) -> str:
        """A line that begins no item: it belongs to the innermost item it is indented for."""
        text = line.lstrip(" ")
        column = len(line) - len(text)
        if self.after_blank:
            self._close(column)
        if not column:
            return line
        return " " * max(column, 4 * len(self.levels)) + text

    def _close(self, column: int) -> None:
        while self.levels and column < self.levels[-1][1]:
            self.levels.pop()


def install(md: Any) -> None:
    """After fenced code (25) and HTML (20) are put aside."""
    md.preprocessors.register(ListPreprocessor(md), "lists", 15)
