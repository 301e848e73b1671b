"""The table of contents of an article."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FEWEST = 2
"""An article with fewer headings needs no table of contents."""


@dataclass(frozen=True)
class Entry:
    """A heading and those below it."""

    id: str
    text: str
    below: list["Entry"] = field(default_factory=list)


def contents(headings: Iterable[dict[str, Any]]) -> list[Entry]:
    """Headings of the second level with those of the third below; empty if there are too few."""
    entries: list[Entry] = []
    for heading in headings:
        entry = Entry(heading["id"], heading["text"])
        if heading["level"] == 2 or not entries:
            entries.append(entry)
        elif heading["level"] == 3:
            entries[-1].below.append(entry)
    return entries if len(entries) >= FEWEST or (entries and entries[0].below) else []
