"""The survey: one question to one requester about one resolution."""

from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from app.core import clock
from app.core.db import Id, LongText, Mapped, Model, mapped_column

OPEN_FOR = timedelta(days=14)
LONGEST_COMMENT = 2_000


class Rating(IntEnum):
    """How it went."""

    BAD = 1
    POOR = 2
    OKAY = 3
    GOOD = 4
    GREAT = 5

    @property
    def word(self) -> str:
        """As people read it."""
        return self.name.capitalize()


class Survey(Model):
    """`episode` is the seq of the fact by which the ticket was resolved.

    The agent whom the rating is credited to is fixed when it is sent.
    """

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("ticket_id", "episode"),
        Index("ix_surveys_requester_id_sent_at", "requester_id", "sent_at"),
    )

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    episode: Mapped[int]
    requester_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    credited_agent_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    sent_at: Mapped[datetime]
    rating: Mapped[int | None]
    comment: Mapped[LongText] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether an answer still counts."""
        return clock.now() - self.sent_at < OPEN_FOR
