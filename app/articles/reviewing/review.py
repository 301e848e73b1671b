"""A review: a change to an article that somebody proposed, and what others say about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text

from app.core.db import CreatedAt, Id, Line, LongText, Mapped, Model, enum_text, mapped_column


class ReviewState(StrEnum):
    """What came of it so far."""

    OPEN = "open"
    CHANGES_ASKED = "changes_asked"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


UNDER_WAY = (ReviewState.OPEN, ReviewState.CHANGES_ASKED)
_UNDER_WAY = text("state IN ('open', 'changes_asked')")


class Review(Model):
    """One person's change to one article; proposed again, it is the same review with another text."""

    __tablename__ = "article_reviews"

    id: Mapped[Id]
    article_id: Mapped[str] = mapped_column(
        String(13), ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    proposed_revision_id: Mapped[int] = mapped_column(
        ForeignKey("article_revisions.id", ondelete="CASCADE")
    )
    base_revision_id: Mapped[int] = mapped_column(
        ForeignKey("article_revisions.id", ondelete="CASCADE")
    )
    """The text that it was written over."""
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    """Who is to look at it; None: anybody who may publish."""
    note: Mapped[Line] = mapped_column(default="")
    state: Mapped[ReviewState] = mapped_column(enum_text(ReviewState), default=ReviewState.OPEN)
    asked_at: Mapped[CreatedAt]
    """When the present text was proposed."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    published_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("article_revisions.id", ondelete="SET NULL")
    )
    """What came of it when it was approved."""

    __table_args__ = (
        Index("ix_article_reviews_state_id", "state", "id"),
        Index(
            "uq_article_reviews_under_way",
            "article_id",
            "asked_by_id",
            unique=True,
            sqlite_where=_UNDER_WAY,
            postgresql_where=_UNDER_WAY,
        ),
    )

    @property
    def is_under_way(self) -> bool:
        """Whether something may come of it yet."""
        return self.state in UNDER_WAY


class ReviewComment(Model):
    """What somebody says about a proposed text, or about one line of it (counted from 1)."""

    __tablename__ = "article_review_comments"

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(
        ForeignKey("article_reviews.id", ondelete="CASCADE"), index=True
    )
    revision_id: Mapped[int] = mapped_column(ForeignKey("article_revisions.id", ondelete="CASCADE"))
    """The text that it was said about: it may have been proposed anew since."""
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    body: Mapped[LongText]
    html: Mapped[LongText]
    line: Mapped[int | None]
    created_at: Mapped[CreatedAt]
