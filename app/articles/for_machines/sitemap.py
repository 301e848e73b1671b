"""The map of public articles (https://www.sitemaps.org/protocol.html), in several files if need be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from app.articles.access import VISIBLE
from app.articles.article import Article, Section, Visibility
from app.articles.languages import place
from app.articles.linking import address
from app.core.db import db
from app.core.settings import settings

MOST = 50_000
"""What one file may hold by the protocol."""

_FOR_ALL = {"readable": [Visibility.PUBLIC]}


@dataclass(frozen=True)
class Place:
    """A page on the map."""

    url: str
    changed_at: datetime | None


def parts(*, most: int = MOST) -> Sequence[str]:
    """Where each file of a large map begins: the id of its first article.  One part or none: no index."""
    return db.session.scalars(_PARTS, {**_FOR_ALL, "most": most}).all()


def articles_from(first: str = "", *, most: int = MOST) -> Sequence[Place]:
    """The public articles of one file, by their ids."""
    rows = db.session.execute(_ARTICLES, {**_FOR_ALL, "first": first, "most": most})
    return [
        Place(settings().public_url + address(place(row.slug, row.lang)), row.updated_at)
        for row in rows
    ]


def sections() -> Sequence[str]:
    """The slugs of all sections that hold a public article."""
    return db.session.scalars(_SECTIONS, _FOR_ALL).all()


_MOST = bindparam("most", type_=Integer)
_numbered = (
    select(Article.id, (func.row_number().over(order_by=Article.id) - 1).label("number"))
    .where(VISIBLE)
    .subquery()
)
_PARTS = select(_numbered.c.id).where(_numbered.c.number % _MOST == 0).order_by(_numbered.c.id)
_ARTICLES = (
    select(Article.slug, Article.lang, Article.updated_at)
    .where(Article.id >= bindparam("first"), VISIBLE)
    .order_by(Article.id)
    .limit(_MOST)
)
_SECTIONS = (
    select(Section.slug)
    .where(Section.path.in_(select(Article.section_path).where(VISIBLE)))
    .order_by(Section.position, Section.path)
)
