"""Votes: one for each person and post, up or down."""

from enum import IntEnum

from sqlalchemy import CheckConstraint, ForeignKey

from app.core.db import CreatedAt, Mapped, Model, mapped_column


class Value(IntEnum):
    """What a vote counts; NONE is a vote that was taken back, and has no row."""

    UP = 1
    NONE = 0
    DOWN = -1


class QuestionVote(Model):
    """What one person thinks of one question."""

    __tablename__ = "question_votes"
    __table_args__ = (CheckConstraint("value IN (-1, 1)", name="value"),)

    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    value: Mapped[int]
    created_at: Mapped[CreatedAt]


class AnswerVote(Model):
    """What one person thinks of one answer."""

    __tablename__ = "answer_votes"
    __table_args__ = (CheckConstraint("value IN (-1, 1)", name="value"),)

    answer_id: Mapped[int] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    value: Mapped[int]
    created_at: Mapped[CreatedAt]
