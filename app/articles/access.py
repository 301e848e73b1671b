"""Who may read what: the one place that finds articles and sections for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, bindparam, exists, select

from app.accounts.audiences import audiences_of
from app.accounts.user import Person
from app.articles.article import STAMP, Article, Section, Visibility
from app.articles.contents import Entry, contents
from app.articles.redirect import Redirect
from app.articles.revision import Revision
from app.core.db import db
from app.core.errors import NotFound
from app.core.markdown import trusted
from app.core.web.remembering import remembered

MISSING = "There is no such guide here, or it was withdrawn. Search for it by its words."


@dataclass(frozen=True)
class ShownArticle:
    """An article as its page shows it."""

    id: str
    slug: str
    lang: str
    title: str
    summary: str
    visibility: Visibility
    updated_at: datetime
    html: Markup
    contents: Sequence[Entry]
    section: "ShownSection"

    @property
    def is_internal(self) -> bool:
        """Whether readers should know that customers do not see this."""
        return self.visibility is Visibility.AGENTS


@dataclass(frozen=True)
class ShownSection:
    """A section as pages name it."""

    path: str
    slug: str
    title: str
    description: str


def readable_by(user: Person) -> list[Visibility]:
    """What this person may read; the parameter `readable` of statements with `VISIBLE` in them."""
    audiences = audiences_of(user)
    return [each for each in Visibility if each.value in audiences]


def visible(user: Person) -> ColumnElement[bool]:
    """The condition that leaves only articles which this person may read."""
    return _is_visible(readable_by(user))


def article_or_404(slug: str, user: Person) -> ShownArticle:
    """The article at this address, in English if it is there in several languages.

    Raises NotFound if there is none that this person may read.
    """
    readable = readable_by(user)
    key = ("article", slug, *readable)
    return remembered(STAMP, key, lambda: _article_or_404(slug, readable))


def moved_or_404(old_path: str, user: Person) -> str:
    """The slug of the article that was at this address once.

    Raises NotFound if there is none that this person may read.
    """
    parameters = {"old_path": old_path, "readable": readable_by(user)}
    slug = db.session.scalar(_MOVED, parameters)
    if slug is None:
        raise NotFound(MISSING)
    return str(slug)


def conflict_or_404(id: str) -> Article:
    """The article, if its file and the app contradict each other.  Whoever enters may read them all."""
    article = db.session.get(Article, id)
    if article is None or not article.in_conflict:
        raise NotFound("This conflict was resolved, or there never was one.")
    return article


def section_or_404(slug: str, user: Person) -> ShownSection:
    """The section at this address.  Raises NotFound if it holds nothing that this person may read."""
    row = db.session.execute(_HEAD, {"slug": slug, "readable": readable_by(user)}).first()
    if row is None:
        raise NotFound(MISSING)
    return ShownSection(*row)


def _article_or_404(slug: str, readable: Sequence[Visibility]) -> ShownArticle:
    row = db.session.execute(_ARTICLE, {"slug": slug, "readable": readable}).first()
    if row is None:
        raise NotFound(MISSING)
    return ShownArticle(
        id=row.id,
        slug=row.slug,
        lang=row.lang,
        title=row.title,
        summary=row.summary,
        visibility=row.visibility,
        updated_at=row.updated_at,
        html=trusted(row.html),
        contents=contents(row.headings),
        section=ShownSection(*row[-len(_SECTION) :]),
    )


def _is_visible(readable: Any) -> ColumnElement[bool]:
    return Article.shown & Article.visibility.in_(readable)


# Statements are made once: making one costs more than running it.
VISIBLE = _is_visible(bindparam("readable", expanding=True))
_SECTION = (Section.path, Section.slug, Section.title, Section.description)
_ARTICLE = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.title,
        Article.summary,
        Article.visibility,
        Article.updated_at,
        Revision.html,
        Revision.headings,
        *_SECTION,
    )
    .join(Revision, Revision.id == Article.live_revision_id)
    .join(Section, Section.path == Article.section_path)
    .where(Article.slug == bindparam("slug"), VISIBLE)
    .order_by(Article.lang != "en", Article.lang)
    .limit(1)
)
_MOVED = (
    select(Article.slug)
    .join(Redirect, Redirect.article_id == Article.id)
    .where(Redirect.old_path == bindparam("old_path"), VISIBLE)
)
_HEAD = select(*_SECTION).where(
    Section.slug == bindparam("slug"), exists().where(Article.section_path == Section.path, VISIBLE)
)
