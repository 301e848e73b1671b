"""A participant: somebody beside the requester who reads a ticket and gets its mails."""

from sqlalchemy import ForeignKey

from app.core.db import CreatedAt, Mapped, Model, mapped_column

MOST = 20
"""How many a ticket can have."""


class Participant(Model):
    """One person in copy on one ticket."""

    __tablename__ = "ticket_participants"

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[CreatedAt]
