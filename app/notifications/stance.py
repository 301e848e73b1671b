"""A stance: that somebody follows a ticket which is not theirs, or wants to hear no more of it."""

from enum import StrEnum

from sqlalchemy import ForeignKey

from app.core.db import CreatedAt, Mapped, Model, enum_text, mapped_column


class Position(StrEnum):
    """What somebody wants of a ticket."""

    FOLLOWS = "follows"
    MUTES = "mutes"


class Stance(Model):
    """One person to one ticket; without a row they hear of it what is theirs to hear."""

    __tablename__ = "ticket_stances"

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[Position] = mapped_column(enum_text(Position))
    created_at: Mapped[CreatedAt]
