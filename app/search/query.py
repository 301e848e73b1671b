"""Finding: words in, a page of results out."""

import logging
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from app.search import sources
from app.search.asked import Asked
from app.search.document import Findings, Hit, Shown, Thing
from app.search.engines.whoosh import Unreadable
from app.search.index import engine
from app.search.snippet import marked, snippet

PER_PAGE = 10
LAST_PAGE = 30

log = logging.getLogger(__name__)


class Order(StrEnum):
    """What stands first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


def find(
    text: str,
    *,
    viewer: Any,
    audiences: Collection[str],
    kinds: Collection[str] = (),
    order: Order = Order.RELEVANCE,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Findings:
    """A page of what the viewer may see and what holds these words; of all kinds, if none is named.

    The index proposes, by audience; the sources decide, by viewer, and give the texts.  Without an
    index, titles are looked through instead, and another index is asked for.
    """
    asked = Asked.from_text(text)
    if not asked.words:
        return Findings([])
    searched = [kind for kind in sources.installed() if not kinds or kind in kinds]
    try:
        ranked = engine().search(
            asked,
            kinds=searched,
            audiences=audiences,
            newest_first=order is Order.NEWEST,
            first=(page - 1) * per_page,
            count=per_page,
        )
    except Unreadable as fault:
        log.warning("search index not readable: %s", fault)
        engine().folders.wish_for_another()
        return Findings(_titled(asked, viewer, searched, per_page), without_index=True)
    following = str(page + 1) if ranked.more and page < LAST_PAGE else None
    return Findings(_hits(ranked.things, viewer, asked), following, loosened=ranked.loosened)


def _hits(things: Sequence[Thing], viewer: Any, asked: Asked) -> list[Hit]:
    """The things in their order, without those that are gone or not for the viewer."""
    shown: dict[Thing, Hit] = {}
    for kind, source in sources.installed().items():
        refs = [ref for of, ref in things if of == kind]
        for each in source.shown(refs, viewer, asked) if refs else ():
            shown[kind, each.ref] = _hit(kind, each, asked)
    return [shown[thing] for thing in things if thing in shown]


def _hit(kind: str, shown: Shown, asked: Asked) -> Hit:
    return Hit(
        kind=kind,
        ref=shown.ref,
        url=shown.url,
        title=marked(shown.title, asked),
        snippet=snippet(shown.text, asked),
        status=shown.status,
        facts=shown.facts,
        updated_at=shown.updated_at,
    )


def _titled(asked: Asked, viewer: Any, kinds: Sequence[str], count: int) -> list[Hit]:
    things = [
        (kind, ref)
        for kind in kinds
        for ref in sources.installed()[kind].titled(asked, viewer, count)
    ]
    hits = _hits(things, viewer, asked)
    return sorted(hits, key=lambda hit: hit.updated_at, reverse=True)[:count]
