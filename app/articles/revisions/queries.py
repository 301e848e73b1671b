"""Reading the history of an article for its pages: its versions, the newest first, in pages by key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal, select

from app.articles.article import Article
from app.articles.revision import Revision, RevisionSource, author_in_words
from app.core.db import at_most, db
from app.core.web.nonsense import LARGEST_ID
from app.core.web.pages import Page, decode_cursor, encode_cursor

VERSIONS = 50
AROUND = 12
"""Versions beside a comparison."""

SOURCES = {
    RevisionSource.APP: "Written here",
    RevisionSource.FILE: "From its file",
    RevisionSource.MERGE: "Merged",
    RevisionSource.IMPORT: "Imported",
    RevisionSource.RESTORE: "Taken back",
}


@dataclass(frozen=True)
class Version:
    """A revision in a list; `number` counts from 1.  `was_live`: readers have seen it, or may."""

    id: int
    number: int
    parent_id: int | None
    source: RevisionSource
    author: str
    note: str
    git_commit: str
    created_at: datetime
    is_live: bool
    is_draft: bool
    was_live: bool

    @property
    def came(self) -> str:
        """How it came to be, in words."""
        return SOURCES[self.source]

    @property
    def by(self) -> str:
        """Whose text it is."""
        return author_in_words(self.author, self.source)


def versions(article: Article, *, after: str = "", most: int = VERSIONS) -> Page[Version]:
    """A page of them.  A broken cursor begins at the newest."""
    match decode_cursor(after, parts=1):
        case [int(id)]:
            start = id
        case _:
            start = LARGEST_ID
    values = {"article_id": article.id, "before": start}
    rows = db.session.execute(_VERSIONS.limit(at_most(most + 1)), values).all()
    up_to = db.session.scalar(_COUNT, values) or 0
    found = [_version(row, article, up_to - n) for n, row in enumerate(rows[:most])]
    more = len(rows) > most
    return Page(found, encode_cursor(found[-1].id) if more else None)


def latest(article: Article) -> Sequence[Version]:
    """The newest few."""
    return versions(article, most=AROUND).items


def _version(row: Any, article: Article, number: int) -> Version:
    return Version(
        number=number,
        is_live=row.id == article.live_revision_id,
        is_draft=row.id == article.draft_revision_id,
        **row._mapping,
    )


_VERSIONS = (
    select(
        Revision.id,
        Revision.parent_id,
        Revision.source,
        Revision.author,
        Revision.note,
        Revision.git_commit,
        Revision.created_at,
        (Revision.made_from != literal("")).label("was_live"),
    )
    .where(Revision.article_id == bindparam("article_id"), Revision.id < bindparam("before"))
    .order_by(Revision.id.desc())
)
_COUNT = select(func.count()).where(
    Revision.article_id == bindparam("article_id"), Revision.id < bindparam("before")
)
