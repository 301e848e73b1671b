"""A draft: what somebody has begun to write on a ticket."""

from datetime import datetime

from sqlalchemy import ForeignKey, String

from app.core import clock
from app.core.db import LongText, Mapped, Model, mapped_column

LONGEST = 30_000


class Draft(Model):
    """One person's draft on one ticket.  `kind` is that of the form: a reply or a note."""

    __tablename__ = "ticket_drafts"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[LongText]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
