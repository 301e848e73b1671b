"""What is left of an article that was deleted for good."""

from sqlalchemy import String

from app.core.db import CreatedAt, Mapped, Model, mapped_column


class Tombstone(Model):
    """Its id, and the text of its file then: that text is no new article if it turns up again."""

    __tablename__ = "article_tombstones"

    id: Mapped[str] = mapped_column(String(13), primary_key=True)
    last_sha: Mapped[str] = mapped_column(String(64))
    purged_at: Mapped[CreatedAt]
