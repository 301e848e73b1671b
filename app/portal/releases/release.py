"""A version and what changed with it, read from a file as https://keepachangelog.com describes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.core.slugs import slug

_HEADING = re.compile(
    r"^## +\[?(?P<name>[^\]\s]+)\]?(?:\([^)]*\))?"
    r"(?: +[-\u2013\u2014] +(?P<on>\d{4}-\d{2}-\d{2}))?[ \t]*(?:\[YANKED\])?[ \t]*$",
    re.MULTILINE,
)
_LINK = re.compile(r"^\[[^\]]+\]: +\S+[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """One version; without a date it is still being made."""

    name: str
    on: date | None
    text: str
    """Markdown."""

    @property
    def anchor(self) -> str:
        """Where it stands on the page: `v-1-2-0`."""
        return f"v-{slug(self.name)}"

    @property
    def at(self) -> datetime | None:
        """Its date as a moment, for feeds."""
        return datetime(self.on.year, self.on.month, self.on.day, tzinfo=UTC) if self.on else None


def releases_in(text: str) -> Iterator[Release]:
    """The versions of a changelog in its order, those that say nothing left out."""
    headings = list(_HEADING.finditer(text))
    ends = (*(each.start() for each in headings[1:]), len(text))
    for heading, end in zip(headings, ends, strict=False):
        said = _LINK.sub("", text[heading.end() : end]).strip()
        if said:
            yield Release(heading["name"], _date(heading["on"]), said)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
