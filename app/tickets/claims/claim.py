"""A claim: a mail that says it belongs to a ticket, or comes from a colleague, without proof."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import relationship

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core.db import CreatedAt, Id, Line, LongText, Mapped, Model, enum_text, mapped_column
from app.mail.inbound import InboundMail
from app.tickets.ticket import Ticket


class Why(StrEnum):
    """Why a person has to look at it."""

    STRANGER = "stranger"
    """Its writer is not on the ticket that it answers."""
    UNPROVED = "unproved"
    """It may come from somebody else than it says."""
    NUMBER = "number"
    """Nothing but the number in its subject names the ticket."""
    COLLEAGUE = "colleague"
    """It says that it is from somebody who works here, without proof."""


class Decision(StrEnum):
    """What somebody made of it."""

    FILED = "filed"
    OPENED = "opened"
    IGNORED = "ignored"


class Claim(Model):
    """One such mail, with what it says until it is decided; the mail itself stays in the ledger.

    Without a ticket it would open one.
    """

    __tablename__ = "ticket_claims"
    __table_args__ = (
        Index(
            "ix_ticket_claims_undecided",
            "id",
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    inbound_mail_id: Mapped[int] = mapped_column(ForeignKey(InboundMail.id), unique=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey(Ticket.id), index=True)
    why: Mapped[Why] = mapped_column(enum_text(Why))
    from_address: Mapped[Line]
    from_name: Mapped[Line]
    subject: Mapped[Line]
    text: Mapped[LongText]
    whole: Mapped[LongText] = mapped_column(default="")
    quiet: Mapped[bool] = mapped_column(default=False)
    came_at: Mapped[datetime]
    created_at: Mapped[CreatedAt]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decision: Mapped[Decision | None] = mapped_column(enum_text(Decision))

    files: Mapped[list[Attachment]] = relationship(
        secondary="ticket_claim_files", lazy="raise_on_sql", order_by=Attachment.id
    )


class ClaimFile(Model):
    """A file that came with it."""

    __tablename__ = "ticket_claim_files"

    claim_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_claims.id", ondelete="CASCADE"), primary_key=True
    )
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachments.id"), primary_key=True, index=True
    )
