"""Relating articles: those that their author names, those that link to each other, then the likest."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, tuple_

from app.articles.article import STAMP, Article, Visibility
from app.articles.languages import place
from app.articles.redirect import Redirect
from app.articles.related.likeness import alike
from app.articles.related.relation import Relation
from app.articles.revision import Revision
from app.core.db import db, snapshot
from app.core.uow import verb
from app.core.web.page_cache import bump

LIKE = 5
"""How many are kept for each visibility because of their words: enough for whoever may read only those."""
LINKED, ALIKE = 100, 1000
"""Where the ranks of the two kinds begin; those of the author's choice begin at 0."""

_LINK = re.compile(r'href="/help/([^"#?]+)')

Ranks = dict[tuple[str, str], int]


@dataclass(frozen=True)
class _Known:
    id: str
    place: str
    lang: str
    visibility: Visibility
    named: tuple[str, ...]
    """Ids and slugs of articles that its author thinks belong to it."""


def relate() -> None:
    """Find out anew what to read after every article, and store what is different."""
    _store(_found())


@verb
def _store(found: Ranks) -> None:
    before = {
        (row.article_id, row.other_id): row.rank
        for row in db.session.execute(select(Relation.article_id, Relation.other_id, Relation.rank))
    }
    still = set(db.session.scalars(select(Article.id)))  # some may have gone meanwhile
    found = {pair: rank for pair, rank in found.items() if still.issuperset(pair)}
    if found == before:
        return
    _delete([pair for pair, rank in before.items() if found.get(pair) != rank])
    rows = [
        {"article_id": pair[0], "other_id": pair[1], "rank": rank}
        for pair, rank in found.items()
        if before.get(pair) != rank
    ]
    if rows:
        db.session.execute(insert(Relation), rows)
    bump(STAMP)


def _delete(pairs: list[tuple[str, str]]) -> None:
    key = tuple_(Relation.article_id, Relation.other_id)
    for start in range(0, len(pairs), 200):
        some = pairs[start : start + 200]
        db.session.execute(delete(Relation).where(key.in_(some)))


def _found() -> Ranks:
    known = {each.id: each for each in _known()}
    names = _names(list(known.values()))
    ranks: Ranks = {}
    for each in known.values():
        _rank(ranks, each.id, (names.get(name) for name in each.named), start=0)
    for id, others in _linked(known, names).items():
        _rank(ranks, id, sorted(others), start=LINKED)
    for id, scored in alike(_texts):
        if id in known:
            likest = _for_everybody(
                known[id], (known[other] for other, _ in scored if other in known)
            )
            _rank(ranks, id, likest, start=ALIKE)
    return ranks


def _rank(ranks: Ranks, id: str, others: Iterable[str | None], *, start: int) -> None:
    """Put others after what the article has already."""
    for number, other in enumerate(others):
        if other is not None and other != id:
            ranks.setdefault((id, other), start + number)


def _for_everybody(article: _Known, others: Iterable[_Known]) -> Iterator[str]:
    """The first few in its language for each visibility."""
    left = dict.fromkeys(Visibility, LIKE)
    for other in others:
        if other.lang == article.lang and left[other.visibility]:
            left[other.visibility] -= 1
            yield other.id


def _linked(known: Mapping[str, _Known], names: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Which articles link to which, both ways."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    html = _LIVE.with_only_columns(Article.id, Revision.html)
    for row in _rows(html):
        id = row.id
        for target in _LINK.findall(row.html):
            other = names.get(target)
            if other is not None and other in known and other != id:
                found[id].add(other)
                found[other].add(id)
    return found


def _names(articles: Collection[_Known]) -> dict[str, str]:
    """The ids by ids, by places, by slugs, and by old addresses; what comes first counts."""
    statement = select(Redirect.old_path, Redirect.article_id)
    names = {row.old_path: row.article_id for row in _rows(statement)}
    names |= {each.place.rpartition("/")[2]: each.id for each in articles}
    return names | {name: each.id for each in articles for name in (each.id, each.place)}


def _known() -> Iterator[_Known]:
    columns = (Article.id, Article.slug, Article.lang, Article.visibility, Revision.front_json)
    for row in _rows(_LIVE.with_only_columns(*columns)):
        named = row.front_json.get("related") or ()
        yield _Known(row.id, place(row.slug, row.lang), row.lang, row.visibility, tuple(named))


def _texts() -> Iterator[tuple[str, str]]:
    """What articles say; a word in the title counts as three."""
    columns = (Article.id, Article.title, Article.summary, Revision.body)
    for row in _rows(_LIVE.with_only_columns(*columns)):
        yield row.id, "\n".join((row.title, row.title, row.title, row.summary, row.body))


def _rows(statement: Select[*tuple[Any, ...]]) -> Iterator[Row[*tuple[Any, ...]]]:
    """Row by row, since all texts at once may be too much."""
    with snapshot() as connection:
        yield from connection.execute(statement, execution_options={"yield_per": 200})


_LIVE = (
    select(Article.id)
    .join(Revision, Revision.id == Article.live_revision_id)
    .where(Article.shown)
    .order_by(Article.id)
)
