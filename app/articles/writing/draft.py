"""A draft: what somebody has begun to write in an article, or in one that is not there yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String

from app.core.db import Mapped, Model, mapped_column


class ArticleDraft(Model):
    """One person's draft.  `key` is the id of the article, or a name of its own for one that is new.

    `said` is the form as it was filled in, whether or not it could be saved.
    """

    __tablename__ = "article_drafts"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    article_id: Mapped[str | None] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    base_revision_id: Mapped[int | None]
    """The text that it changes."""
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime]
