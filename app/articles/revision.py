"""What an article said at a time, and the file it was read from."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String

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

    FILE = "file"


class Revision(Model):
    """One state of an article's text, with the HTML made from it."""

    __tablename__ = "article_revisions"

    id: Mapped[Id]
    article_id: Mapped[str] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    front_json: Mapped[Json]
    body: Mapped[LongText]
    body_sha: Mapped[str] = mapped_column(String(64))
    html: Mapped[LongText]
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    renderer_version: Mapped[int]
    source: Mapped[RevisionSource] = mapped_column(enum_text(RevisionSource))
    author: Mapped[Line]
    created_at: Mapped[CreatedAt]


class ContentFile(Model):
    """A file that was loaded, and from what: unless that changes there is nothing to do."""

    __tablename__ = "content_files"

    path: Mapped[str] = mapped_column(String(400), primary_key=True)
    article_id: Mapped[str] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), unique=True
    )
    file_sha: Mapped[str] = mapped_column(String(64))
    made_from: Mapped[str] = mapped_column(String(64))
    """Hash of all that the article was made from: file, folder, link targets, renderer."""
