"""The library: sections and the articles in them, as somebody may read them."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, select

from app.accounts.user import Person
from app.articles.access import VISIBLE, ShownSection, readable_by
from app.articles.article import STAMP, Article, Section
from app.articles.linking import address
from app.core.db import db
from app.core.web.remembering import remembered


@dataclass(frozen=True)
class Listed:
    """An article in a list."""

    slug: str
    title: str
    summary: str

    @property
    def url(self) -> str:
        """The address of its page."""
        return address(self.slug)


@dataclass(frozen=True)
class Shelf:
    """A section with the articles in it that somebody may read."""

    section: ShownSection
    articles: list[Listed]


def in_section(path: str, user: Person) -> list[Listed]:
    """The articles of a section, in its order."""
    readable = readable_by(user)

    def read() -> list[Listed]:
        rows = db.session.execute(_IN_SECTION, {"path": path, "readable": readable})
        return [Listed(slug, title, summary) for slug, title, summary in rows]

    return remembered(STAMP, ("section", path, *readable), read)


def library(user: Person) -> list[Shelf]:
    """Every section that holds something for this person, with its articles, in order."""
    rows = db.session.execute(_LIBRARY, {"readable": readable_by(user)})
    return [
        Shelf(ShownSection(*key), [Listed(*row[:3]) for row in shelf])
        for key, shelf in groupby(rows, key=lambda row: row[3:])
    ]


_LISTED = (Article.slug, Article.title, Article.summary)
_IN_SECTION = (
    select(*_LISTED)
    .where(Article.section_path == bindparam("path"), VISIBLE)
    .order_by(Article.position, Article.title)
)
_LIBRARY = (
    select(*_LISTED, Section.path, Section.slug, Section.title, Section.description)
    .join(Section, Section.path == Article.section_path)
    .where(VISIBLE)
    .order_by(Section.position, Section.title, Section.path, Article.position, Article.title)
)
