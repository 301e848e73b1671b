"""An article and the section it stands in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, text

from app.articles.languages import place, site_language
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
    # What its `_folder.yml` says for articles in it that say nothing themselves.
    visibility: Mapped[Visibility] = mapped_column(enum_text(Visibility), default=Visibility.AGENTS)
    lang: Mapped[str] = mapped_column(String(35), default=site_language)
    owner: Mapped[Line] = mapped_column(default="")
    category: Mapped[Line] = mapped_column(default="")
    review_every: Mapped[Line] = mapped_column(default="")


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
    draft_revision_id: Mapped[int | None]
    """The text of its file, while that could not be merged with the live one."""
    translation_of: Mapped[str | None] = mapped_column(String(13), index=True)
    """The article that it is a translation of; no foreign key, since files come in any order."""
    translated_from: Mapped[int | None]
    """The revision of that article which its text was made from."""
    faq: Mapped[bool] = mapped_column(default=False)
    """Whether its headings are questions, and what follows them the answers."""
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    publish_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[CreatedAt]
    published_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)
    """Since when it lies in the trash; nobody reads it there."""
    reviewed_at: Mapped[datetime | None]
    """When somebody said last that it is still right; that changes no text."""
    reviewed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    review_due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it should be looked at again, if text or folder say so; None: as often as all others."""
    reminded_at: Mapped[datetime | None]
    """When its owner was told last that it is due."""
    shown: Mapped[bool] = mapped_column(default=False)
    """Whether those who may read it can: published, in its time, and not in the trash."""

    __table_args__ = (
        # An archived or deleted article lets go of its address.
        Index(
            "uq_articles_slug_in_use",
            "lang",
            "slug",
            unique=True,
            sqlite_where=text("status != 'archived' AND deleted_at IS NULL"),
            postgresql_where=text("status != 'archived' AND deleted_at IS NULL"),
        ),
    )

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/help/{place(self.slug, self.lang)}"

    @property
    def in_conflict(self) -> bool:
        """Whether its file and its live text contradict each other."""
        return self.draft_revision_id is not None

    @property
    def checked_at(self) -> datetime:
        """Since when nobody has changed it, nor said that it is still right."""
        return max(self.updated_at, self.reviewed_at or self.updated_at)

    def open_or_close(self, at: datetime) -> None:
        """Bring `shown` up to date."""
        self.shown = (
            self.status is Status.PUBLISHED
            and self.deleted_at is None
            and (self.publish_at is None or self.publish_at <= at)
            and (self.expires_at is None or at < self.expires_at)
        )
