"""What an article said at a time."""

import hashlib
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String

from app.articles.files.manuscript import Manuscript
from app.core.db import (
    CreatedAt,
    Id,
    Json,
    Line,
    LongText,
    Mapped,
    Model,
    enum_text,
    mapped_column,
)


class RevisionSource(StrEnum):
    """How a revision came to be."""

    APP = "app"
    FILE = "file"
    MERGE = "merge"
    IMPORT = "import"
    RESTORE = "restore"


class Revision(Model):
    """One state of an article's text, whole as a file would hold it, with the HTML made from it."""

    __tablename__ = "article_revisions"

    id: Mapped[Id]
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None]
    """The revision that it changed."""
    other_parent_id: Mapped[int | None]
    """The other one, if it merged two."""
    head: Mapped[LongText]
    front_json: Mapped[Json]
    body: Mapped[LongText]
    body_sha: Mapped[str] = mapped_column(String(64))
    sha: Mapped[str] = mapped_column(String(64))
    """Of head and body together."""
    html: Mapped[LongText]
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    made_from: Mapped[str] = mapped_column(String(64))
    """Hash of all that the HTML was made from: text, folder, link targets, renderer."""
    source: Mapped[RevisionSource] = mapped_column(enum_text(RevisionSource))
    author: Mapped[Line]
    note: Mapped[Line] = mapped_column(default="")
    git_commit: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        Index("ix_article_revisions_article_id_sha", "article_id", "sha"),
        Index("ix_article_revisions_article_id_id", "article_id", "id"),
    )

    @property
    def manuscript(self) -> Manuscript:
        """Its text."""
        return Manuscript.of(self.head + self.body)

    @property
    def by(self) -> str:
        """Whose text it is, in words."""
        return author_in_words(self.author, self.source)

    def hold(self, manuscript: Manuscript) -> None:
        """Take the text over."""
        self.head, self.body, self.sha = manuscript.head, manuscript.body, manuscript.sha
        self.front_json = manuscript.front
        self.body_sha = hashlib.sha256(manuscript.body.encode()).hexdigest()


def author_in_words(author: str, source: RevisionSource) -> str:
    """Whose text it is, without the address that git tells; a file may have nobody's name."""
    name = author.partition(" <")[0]
    return name or ("The file" if source is RevisionSource.FILE else "Somebody")
