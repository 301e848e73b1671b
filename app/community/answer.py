"""The answer to a question."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index

from app.community.post import Post
from app.core.db import Mapped, Model, mapped_column


class Answer(Post, Model):
    """An answer.  `by_staff`: whoever wrote it answered for the desk at that time."""

    __tablename__ = "answers"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    by_staff: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


# However many people click at once: at most one accepted answer to a question.
Index(
    "uq_answers_accepted",
    Answer.question_id,
    unique=True,
    sqlite_where=Answer.accepted_at.is_not(None),
    postgresql_where=Answer.accepted_at.is_not(None),
)
