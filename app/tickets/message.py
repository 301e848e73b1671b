"""Messages: what was said on a ticket, to the requester or among staff."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import relationship

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core.db import CreatedAt, Id, LongText, Mapped, Model, enum_text, mapped_column
from app.core.written import AsWritten
from app.mail.inbound import InboundMail
from app.tickets.ticket import Channel, Status


class Visibility(StrEnum):
    """Who may read it: the requester too, or staff only."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Direction(StrEnum):
    """From the customer's side, or from ours."""

    IN = "in"
    OUT = "out"


SCHEDULED_FROM = timedelta(minutes=2)
"""A reply that waits longer was meant for later; a shorter wait is the time to think again."""


def is_scheduled(said_at: datetime, held_until: datetime | None) -> bool:
    """Whether a reply waits for a time that was chosen, not only for second thoughts."""
    return held_until is not None and held_until - said_at > SCHEDULED_FROM


class Message(Model):
    """One message.  `html` is its text rendered by the renderer of that version."""

    __tablename__ = "ticket_messages"
    __table_args__ = (Index("ix_ticket_messages_ticket_id_id", "ticket_id", "id"),)

    id: Mapped[Id]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    visibility: Mapped[Visibility] = mapped_column(enum_text(Visibility))
    direction: Mapped[Direction] = mapped_column(enum_text(Direction))
    channel: Mapped[Channel] = mapped_column(enum_text(Channel))
    text: Mapped[LongText]
    plain: Mapped[bool] = mapped_column(default=False)
    """Whether the text is no Markdown: what came by mail stands as it was written."""
    html: Mapped[LongText]
    renderer_version: Mapped[int]
    inbound_mail_id: Mapped[int | None] = mapped_column(ForeignKey(InboundMail.id), unique=True)
    """The mail that it came by; a mail becomes one message at most."""
    whole: Mapped[LongText] = mapped_column(default="")
    """The text of that mail with what it quotes, when that is more.  Staff alone may read it."""
    automatic: Mapped[bool] = mapped_column(default=False)
    """Whether a machine answered for its author: an absence, a receipt."""
    doubtful: Mapped[bool] = mapped_column(default=False)
    """Whether the mail may come from somebody else than it says."""
    undelivered: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[CreatedAt]
    """When it was said; for a reply that was held back, when it was let go."""
    held_until: Mapped[datetime | None]
    """A reply waits so long before the requester can read it; None: it waits no more."""
    then: Mapped[Status | None] = mapped_column(enum_text(Status))
    """What becomes of the ticket when a held reply is let go."""

    edited_at: Mapped[datetime | None]
    redacted_at: Mapped[datetime | None]
    """When its text was taken out for good; what remains is who wrote, and when."""

    author: Mapped[User] = relationship(lazy="raise_on_sql")
    files: Mapped[list[Attachment]] = relationship(
        secondary="ticket_message_files", lazy="raise_on_sql", order_by=Attachment.id
    )

    @property
    def words(self) -> str:
        """The text, such that a mail writes it as it is meant: as Markdown, or as it was written."""
        return AsWritten(self.text) if self.plain else self.text


class MessageVersion(Model):
    """What a message said before it was edited."""

    __tablename__ = "ticket_message_versions"

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[LongText]
    html: Mapped[LongText]
    renderer_version: Mapped[int]
    replaced_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    replaced_at: Mapped[datetime]


class MessageFile(Model):
    """A file that came with a message."""

    __tablename__ = "ticket_message_files"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("ticket_messages.id", ondelete="CASCADE"), primary_key=True
    )
    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachments.id"), primary_key=True, index=True
    )
