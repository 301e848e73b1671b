"""The articles beside an article: those of its section, and the ones before and after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.articles.queries.library import Listed


@dataclass(frozen=True)
class Neighbours:
    """A section seen from one of its articles."""

    all: Sequence[Listed]
    previous: Listed | None
    following: Listed | None

    @classmethod
    def of(cls, url: str, listed: Sequence[Listed]) -> "Neighbours":
        """The neighbours of the article at this address; it may be missing in the list."""
        here = next((number for number, each in enumerate(listed) if each.url == url), None)
        if here is None:
            return cls(listed, None, None)
        previous = listed[here - 1] if here else None
        following = listed[here + 1] if here + 1 < len(listed) else None
        return cls(listed, previous, following)
