"""What is wrong with a file, where, and what to do (codes: see the table in `CODES`)."""

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
    "E110": "not UTF-8 text",
    "E111": "too large",
    "E112": "symlink, or outside the folder",
    "E120": "broken internal link",
    "E121": "missing picture",
    "E901": "too many files gone at once",
    "W201": "unknown key",
    "W203": "no title",
}


@dataclass(frozen=True, order=True)
class Fault:
    """One line of the report.  Line and column count from 1."""

    path: str
    line: int
    column: int
    code: str
    message: str

    @property
    def is_error(self) -> bool:
        """Whether the file is skipped because of it."""
        return self.code.startswith("E")

    def __str__(self) -> str:
        kind = "error" if self.is_error else "warning"
        return f"{self.path}:{self.line}:{self.column}: {kind} {self.code} {self.message}"


class Faulty(Exception):
    """A file that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = list(faults)


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset in a text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
