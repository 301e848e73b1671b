"""Who may read what: the one place that finds articles and sections for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.orm import aliased

from app.accounts.audiences import audiences_of
from app.accounts.user import Person
from app.articles.article import STAMP, Article, Section, Visibility
from app.articles.contents import Entry, contents
from app.articles.languages import place
from app.articles.linking import address
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
    faq: bool
    reviewed_at: datetime | None
    revision_id: int
    translation_of: str | None
    source_sha: str | None
    """Hash of the text that it was translated from."""

    @property
    def url(self) -> str:
        """The address of its page."""
        return address(place(self.slug, self.lang))

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, and machines may tell everybody."""
        return self.visibility is Visibility.PUBLIC

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
    return is_visible(Article, readable_by(user))


def is_visible(article: type[Article], readable: Any) -> ColumnElement[bool]:
    """The condition that an article may be read by whoever may read this; also for an alias of it."""
    return article.shown & article.visibility.in_(readable)


def article_or_404(slug: str, user: Person, *, lang: str) -> ShownArticle:
    """The article with this name, in this language.  Raises NotFound if this person may read none."""
    readable = readable_by(user)
    key = ("article", lang, slug, *readable)
    return remembered(STAMP, key, lambda: _article_or_404(slug, lang, readable))


def moved_or_404(old_path: str, user: Person) -> str:
    """The address of the article that was at this one once, or is there in another language alone.

    Raises NotFound if there is none that this person may read.
    """
    parameters = {"old_path": old_path, "readable": readable_by(user)}
    row = (
        db.session.execute(_MOVED, parameters).first()
        or db.session.execute(_ELSEWHERE, parameters).first()
    )
    if row is None:
        raise NotFound(MISSING)
    return address(place(row.slug, row.lang))


def shown_or_404(id: str, user: Person) -> ShownArticle:
    """The article with this id.  Raises NotFound if this person may not read it."""
    readable = readable_by(user)
    return _shown(db.session.execute(_ARTICLE_BY_ID, {"id": id, "readable": readable}).first())


def article_of_staff_or_404(id: str) -> Article:
    """The article, whether readers see it or not.  Whoever enters may read them all."""
    article = db.session.get(Article, id)
    if article is None:
        raise NotFound("There is no such article.")
    return article


def readable_or_404(id: str, user: Person) -> Article:
    """The article itself, for verbs of those who read it.  Raises NotFound if this person may not."""
    article = db.session.scalar(select(Article).where(Article.id == id, visible(user)))
    if article is None:
        raise NotFound(MISSING)
    return article


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


def _article_or_404(slug: str, lang: str, readable: Sequence[Visibility]) -> ShownArticle:
    parameters = {"slug": slug, "lang": lang, "readable": readable}
    return _shown(db.session.execute(_ARTICLE, parameters).first())


def _shown(row: Any) -> ShownArticle:
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
        faq=row.faq,
        reviewed_at=row.reviewed_at,
        revision_id=row.live_revision_id,
        translation_of=row.translation_of,
        source_sha=row.source_sha,
    )


# Statements are made once: making one costs more than running it.
READABLE: Any = bindparam("readable", expanding=True)
VISIBLE = is_visible(Article, READABLE)
_Source = aliased(Revision)
_SECTION = (Section.path, Section.slug, Section.title, Section.description)
_ANY = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.title,
        Article.summary,
        Article.visibility,
        Article.updated_at,
        Article.faq,
        Article.reviewed_at,
        Article.live_revision_id,
        Article.translation_of,
        _Source.body_sha.label("source_sha"),
        Revision.html,
        Revision.headings,
        *_SECTION,
    )
    .join(Revision, Revision.id == Article.live_revision_id)
    .join(Section, Section.path == Article.section_path)
    .outerjoin(_Source, _Source.id == Article.translated_from)
    .where(VISIBLE)
)
_ARTICLE = _ANY.where(Article.slug == bindparam("slug"), Article.lang == bindparam("lang"))
_ARTICLE_BY_ID = _ANY.where(Article.id == bindparam("id"))
_MOVED = (
    select(Article.slug, Article.lang)
    .join(Redirect, Redirect.article_id == Article.id)
    .where(Redirect.old_path == bindparam("old_path"), VISIBLE)
)
_ELSEWHERE = (
    select(Article.slug, Article.lang)
    .where(Article.slug == bindparam("old_path"), VISIBLE)
    .order_by(Article.lang)
    .limit(1)
)
_HEAD = select(*_SECTION).where(
    Section.slug == bindparam("slug"), exists().where(Article.section_path == Section.path, VISIBLE)
)
