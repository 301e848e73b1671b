"""What questions and answers have in common: a text, a score, and that they can be hidden."""

from datetime import datetime

from sqlalchemy import ForeignKey, String

from app.core.db import CreatedAt, Id, LongText, Mapped, mapped_column

LONGEST_REASON = 200


class Post:
    """Columns of a question or an answer.  `score` is the sum of its votes."""

    id: Mapped[Id]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    text: Mapped[LongText]
    html: Mapped[LongText]
    renderer_version: Mapped[int]
    score: Mapped[int] = mapped_column(default=0)
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    hidden_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    created_at: Mapped[CreatedAt]
