"""Reading which articles belong together, and which no longer say what their originals say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import aliased

from app.accounts.user import Person
from app.articles.access import VISIBLE, ShownArticle, readable_by
from app.articles.article import STAMP, Article, Status
from app.articles.languages import own_name, place
from app.articles.linking import address
from app.articles.revision import Revision
from app.core.db import at_most, db
from app.core.web.remembering import remembered

MOST = 500


@dataclass(frozen=True)
class Translation:
    """An article in one of its languages."""

    id: str
    slug: str
    lang: str
    title: str
    is_public: bool
    updated_at: datetime

    @property
    def url(self) -> str:
        """The address of its page."""
        return address(place(self.slug, self.lang))

    @property
    def language(self) -> str:
        """What its language calls itself."""
        return own_name(self.lang)


@dataclass(frozen=True)
class Languages:
    """The languages in which somebody may read an article, itself among them."""

    all: Sequence[Translation] = ()
    """Empty when there is only one."""
    newer: Translation | None = field(default=None)
    """The original, if it has changed since it was translated."""


@dataclass(frozen=True)
class Outdated:
    """A translation that no longer says what its original says."""

    id: str
    title: str
    lang: str
    original_id: str
    original_title: str
    original_changed_at: datetime


def languages_of(article: ShownArticle, user: Person) -> Languages:
    """In which languages this person may read it.  One statement, remembered."""
    readable = readable_by(user)
    key = ("languages", article.id, *readable)
    return remembered(STAMP, key, lambda: _read(article, list(readable)))


def outdated() -> Sequence[Outdated]:
    """Translations that somebody should look at, those of the latest changes first; 500 at most."""
    return [Outdated(*row) for row in db.session.execute(_OUTDATED)]


def _read(article: ShownArticle, readable: Sequence[str]) -> Languages:
    root = article.translation_of or article.id
    rows = db.session.execute(_TOGETHER, {"root": root, "readable": readable}).all()
    found = [
        Translation(
            row.id, row.slug, row.lang, row.title, row.visibility.value == "public", row.updated_at
        )
        for row in rows
    ]
    shas = {row.id: row.body_sha for row in rows}
    changed = article.source_sha is not None and shas.get(root, "") not in ("", article.source_sha)
    original = next((each for each in found if each.id == root), None)
    is_translation = article.translation_of is not None
    return Languages(
        all=found if len(found) > 1 else (), newer=original if changed and is_translation else None
    )


_ROOT: Any = bindparam("root")
_TOGETHER = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.title,
        Article.visibility,
        Article.updated_at,
        Revision.body_sha,
    )
    .join(Revision, Revision.id == Article.live_revision_id)
    .where(or_(Article.id == _ROOT, Article.translation_of == _ROOT), VISIBLE)
    .order_by(Article.lang, Article.id)
)
_Original, _Then, _Now = aliased(Article), aliased(Revision), aliased(Revision)
_OUTDATED = (
    select(
        Article.id,
        Article.title,
        Article.lang,
        _Original.id,
        _Original.title,
        _Now.created_at,
    )
    .join(_Original, _Original.id == Article.translation_of)
    .join(_Then, _Then.id == Article.translated_from)
    .join(_Now, _Now.id == _Original.live_revision_id)
    .where(
        _Now.body_sha != _Then.body_sha,
        Article.deleted_at.is_(None),
        Article.status != Status.ARCHIVED,
        _Original.deleted_at.is_(None),
    )
    .order_by(_Now.created_at.desc(), Article.id)
    .limit(at_most(MOST))
)
