"""Somebody who may be meant to take part in a ticket: a mail went to them too."""

from sqlalchemy import ForeignKey, String, UniqueConstraint

from app.core.db import CreatedAt, Id, Mapped, Model, mapped_column

MOST = 20
"""How many can wait on a ticket."""


class ProposedPerson(Model):
    """An address that stood beside ours on a mail.  `dismissed` ones are not proposed again."""

    __tablename__ = "ticket_proposed_people"
    __table_args__ = (UniqueConstraint("ticket_id", "address"),)

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(254))
    message_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE"), index=True
    )
    dismissed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
