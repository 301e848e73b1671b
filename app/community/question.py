"""The question: what somebody asks in public."""

from sqlalchemy import Index, String

from app.community.post import Post
from app.core.db import Mapped, Model, mapped_column
from app.core.errors import InvalidInput

LONGEST_TITLE = 150
EXCERPT_LENGTH = 200


class Question(Post, Model):
    """A question.  `answer_count` counts the answers that are not hidden."""

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_created_at_id", "created_at", "id"),
        Index("ix_questions_score_id", "score", "id"),
        Index("ix_questions_answer_count_created_at_id", "answer_count", "created_at", "id"),
    )

    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    excerpt: Mapped[str] = mapped_column(String(EXCERPT_LENGTH + 1))
    answer_count: Mapped[int] = mapped_column(default=0)


def normal_title(raw: str) -> str:
    """The title as it is stored, in one line.  Raises InvalidInput (field `title`)."""
    title = " ".join(raw.split())
    if not title or len(title) > LONGEST_TITLE:
        raise InvalidInput(f"A question has 1 to {LONGEST_TITLE} characters.", field="title")
    return title
