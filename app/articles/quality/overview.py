"""Everything that writers should look at, by kind, with a constant number of statements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.articles.quality import broken, neglected, unfound, unhelpful
from app.articles.quality.finding import Finding, Kind
from app.articles.quality.outward import checking

FEW = 5
MOST = 500

FINDERS: dict[Kind, Callable[[], Iterable[Finding]]] = {
    Kind.LINKS: broken.links,
    Kind.HEADINGS: broken.headings,
    Kind.PICTURES: broken.pictures,
    Kind.DESCRIPTIONS: broken.descriptions,
    Kind.WEB: checking.web,
    Kind.STALE: neglected.stale,
    Kind.UNHELPFUL: unhelpful.unhelpful,
    Kind.OUTDATED: neglected.outdated_translations,
    Kind.SEARCHES: unfound.searches,
    Kind.ORPHANS: neglected.orphans,
}
"""Each gives what is wrong; a new kind is one line here, one in `Kind` and one in `_kinds.html`."""


@dataclass(frozen=True)
class Found:
    """The findings of one kind: how many there are, and those that are shown."""

    kind: Kind
    count: int
    shown: Sequence[Finding]

    @property
    def more(self) -> bool:
        """Whether there are others."""
        return self.count > len(self.shown)


def overview(only: Kind | None = None) -> list[Found]:
    """All kinds, a few of each; of one kind, if it is named, as many as anybody would read."""
    made = []
    for kind, find in FINDERS.items():
        found = list(find())
        most = MOST if kind is only else FEW
        made.append(Found(kind, len(found), found[:most]))
    return made
