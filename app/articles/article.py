"""An article and the section it stands in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text

from app.core.db import CreatedAt, Line, Mapped, Model, Short, enum_text, mapped_column

STAMP = "articles"
"""Kept public pages that show articles depend on this stamp (`core/web/page_cache.py`)."""

LAST = 1000
"""The position of what says nothing about its order: after what does, then by title."""


class Status(StrEnum):
    """Where an article is on its way to readers; only published ones are shown."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Visibility(StrEnum):
    """Who may read it.  The values are the names of audiences (`accounts/audiences.py`)."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    AGENTS = "agents"


class Section(Model):
    """A folder of articles.  Its key is the path of the folder."""

    __tablename__ = "article_sections"

    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Short]
    description: Mapped[Line]
    position: Mapped[int]


class Article(Model):
    """What stays the same while its text is revised.  The id is `kb_` and ten characters."""

    __tablename__ = "articles"

    id: Mapped[str] = mapped_column(String(13), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    lang: Mapped[str] = mapped_column(String(35))
    title: Mapped[Short]
    summary: Mapped[Line]
    section_path: Mapped[str] = mapped_column(ForeignKey("article_sections.path"), index=True)
    position: Mapped[int]
    status: Mapped[Status] = mapped_column(enum_text(Status))
    visibility: Mapped[Visibility] = mapped_column(enum_text(Visibility))
    # No foreign key: revisions point here already, and a circle can be neither made nor emptied.
    live_revision_id: Mapped[int | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]
    published_at: Mapped[datetime | None]

    __table_args__ = (
        # An archived article lets go of its address.
        Index(
            "uq_articles_slug_in_use",
            "lang",
            "slug",
            unique=True,
            sqlite_where=text("status != 'archived'"),
            postgresql_where=text("status != 'archived'"),
        ),
    )
