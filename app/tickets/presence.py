"""Presence: who has a ticket in front of them, and who writes on it."""

from datetime import datetime

from sqlalchemy import ForeignKey

from app.core.db import Mapped, Model, mapped_column


class Presence(Model):
    """One person at one ticket, as their browser said last."""

    __tablename__ = "ticket_presences"

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    writes: Mapped[bool]
    seen_at: Mapped[datetime] = mapped_column(index=True)
