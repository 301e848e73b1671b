"""A vote on an article: whether it helped somebody, and what was wrong if it did not."""

from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint

from app.core.db import CreatedAt, Id, LongText, Mapped, Model, mapped_column

STAMP = "article votes"
"""Moves with every vote.  Pages that are kept do not depend on it: their figures may be a minute old."""


class Reason(StrEnum):
    """Why an article did not help."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    WRONG = "wrong"


class ArticleVote(Model):
    """One for each reader and article, on the text that they had before them.

    A reader is a person, or a browser: then `visitor` is a hash that says nothing about other
    articles.
    """

    __tablename__ = "article_votes"
    __table_args__ = (
        UniqueConstraint("article_id", "person_id", name="uq_article_votes_article_id_person_id"),
        UniqueConstraint("article_id", "visitor", name="uq_article_votes_article_id_visitor"),
        Index("ix_article_votes_article_id_helped", "article_id", "helped"),
    )

    id: Mapped[Id]
    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("article_revisions.id", ondelete="SET NULL"), index=True
    )
    helped: Mapped[bool]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    comment: Mapped[LongText]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    visitor: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[CreatedAt]
