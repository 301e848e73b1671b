"""What is wrong with a file, where, and what to do (codes: see the table in `CODES`)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

CODES = {
    "E101": "YAML syntax",
    "E102": "front matter not closed",
    "E103": "duplicate key",
    "E104": "anchor, alias or tag",
    "E105": "wrong type or value",
    "E106": "slug taken",
    "E107": "duplicate id",
    "E108": "unknown article",
    "E109": "publish window empty",
    "E110": "not UTF-8 text",
    "E111": "too large",
    "E112": "symlink, or outside the folder",
    "E113": "alias is taken, or leads to itself",
    "E114": "file that cannot be shown",
    "E120": "broken internal link",
    "E121": "missing picture",
    "E122": "no such anchor",
    "E301": "file of an import that cannot be used",
    "E302": "import of what was changed here, too",
    "W301": "part of another system's markup that has no equal",
    "W302": "key of another system",
    "W303": "link that leads to nothing",
    "W304": "picture that is not there",
    "W305": "front matter that had to be mended",
    "W306": "file that is no article",
    "W307": "address that had to be changed",
    "W308": "HTML that has no equal in Markdown",
    "E901": "too many files gone at once",
    "W201": "unknown key",
    "W202": "time without a zone",
    "W203": "no title",
    "W205": "folder cannot be written",
    "W206": "picture without a description",
    "W207": "unknown owner",
    "W208": "picture from elsewhere",
    "W209": "came back after it was deleted for good",
    "W210": "link to the web that leads nowhere",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One line of the report: what is wrong, what follows from it, what to do.

    Line and column count from 1.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    fix: str = ""
    consequence: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the file is skipped because of it."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.kind} {self.code} {self.sentence}"

    @property
    def kind(self) -> str:
        """How bad it is, in a word."""
        return "error" if self.is_error else "warning"

    @property
    def sentence(self) -> str:
        """What is said about it."""
        fix = f"Fix: {self.fix}" if self.fix else ""
        return " ".join(part for part in (self.message, self.consequence, fix) if part)


class Faulty(Exception):
    """A file that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = list(faults)


_LINE_END = re.compile(r"\n")


class Places:
    """Lines and columns of many offsets in one text, which is read once for all of them."""

    def __init__(self, text: str) -> None:
        self._begins = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1."""
        line = bisect_right(self._begins, offset)
        return line, offset - self._begins[line - 1] + 1


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset in a text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
