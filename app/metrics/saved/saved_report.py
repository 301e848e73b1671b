"""A saved report: a question under a title by which it is found."""

from app.core.db import CreatedAt, Id, Json, Mapped, Model, Short
from app.metrics.saved.question import Question
from app.tickets.shelf import Shelved


class SavedReport(Shelved, Model):
    """One report.  Its question was understood when it was kept."""

    __tablename__ = "saved_reports"

    id: Mapped[Id]
    title: Mapped[Short]
    stored: Mapped[Json]
    created_at: Mapped[CreatedAt]

    @property
    def question(self) -> Question:
        """What it asks."""
        return Question.from_json(self.stored)
