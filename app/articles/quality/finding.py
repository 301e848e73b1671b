"""Something that a writer should look at, and the one click that leads to where it is mended."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode


class Kind(StrEnum):
    """What is wrong; in the order of the page."""

    LINKS = "links"
    HEADINGS = "headings"
    PICTURES = "pictures"
    DESCRIPTIONS = "descriptions"
    WEB = "web"
    STALE = "stale"
    UNHELPFUL = "unhelpful"
    OUTDATED = "outdated"
    SEARCHES = "searches"
    ORPHANS = "orphans"


@dataclass(frozen=True)
class Finding:
    """One row of the page."""

    title: str
    """Of the article, or the words that somebody searched for."""
    sentence: str
    fix_url: str
    fix: str = "Mend"
    """What the button says."""
    article_id: str = ""
    path: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> str:
        """Where in which file, as programs write it."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def edit_url(article_id: str, line: int = 0) -> str:
    """The editor of an article, at a line of its text."""
    return f"/content/articles/{article_id}/edit" + (f"?line={line}" if line else "")


def new_url(title: str) -> str:
    """The editor of a new article."""
    return "/content/articles/new?" + urlencode({"title": title})


def quoted(text: str, *, longest: int = 120) -> str:
    """Words of somebody, cut where they are long."""
    return f"“{text if len(text) <= longest else text[: longest - 1] + '…'}”"
