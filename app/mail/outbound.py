"""The outbox: every mail that was made, what it says, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import relationship

from app.core.db import (
    CreatedAt,
    Id,
    Line,
    LongText,
    Mapped,
    Model,
    Short,
    enum_text,
    mapped_column,
)
from app.mail.mailbox import Mailbox


class Kind(StrEnum):
    """What a mail belongs to."""

    ACCOUNT = "account"
    TICKET = "ticket"
    COMMUNITY = "community"
    ARTICLE = "article"
    REPORT = "report"


class State(StrEnum):
    """Kept here for ever, waiting to leave, taken by a mail server, or given up."""

    KEPT = "kept"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class OutboundMail(Model):
    """One mail to one address.

    `about` names what it carries ("message:34"), `conversation` what it belongs to ("ticket:12"):
    mails of a conversation leave in their order and refer to each other.
    """

    __tablename__ = "outbound_mails"
    __table_args__ = (
        Index("ix_outbound_mails_state_id", "state", "id"),
        Index("ix_outbound_mails_to_address_created_at", "to_address", "created_at"),
        Index("ix_outbound_mails_conversation_id", "conversation", "id"),
    )

    id: Mapped[Id]
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[Line]
    text: Mapped[LongText]
    html: Mapped[LongText]
    kind: Mapped[Kind] = mapped_column(enum_text(Kind))
    about: Mapped[str | None] = mapped_column(String(80), index=True)
    conversation: Mapped[str | None] = mapped_column(String(80))
    message_id: Mapped[str] = mapped_column(String(250), unique=True)
    in_reply_to: Mapped[str | None] = mapped_column(String(250))
    references: Mapped[LongText] = mapped_column("reference_ids", default="")
    automatic: Mapped[bool]
    state: Mapped[State] = mapped_column(enum_text(State))
    attempts: Mapped[int] = mapped_column(default=0)
    smtp_code: Mapped[int | None]
    last_error: Mapped[Line] = mapped_column(default="")
    waits_for_server: Mapped[bool] = mapped_column(default=False)
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey(Mailbox.id))
    """Whose name and signature it bears, and where answers to it go; None: the desk's own address."""
    unsubscribe_url: Mapped[Line] = mapped_column(default="")
    """Where its reader can say that they want no more such mail (RFC 8058); empty: nowhere."""
    written_by: Mapped[Short] = mapped_column(default="")
    """Who speaks in it; empty where no person wrote it."""
    queued_at: Mapped[CreatedAt]
    """Since when it waits or waited: it is tried for two days from then."""
    created_at: Mapped[CreatedAt]
    sent_at: Mapped[datetime | None]

    enclosures: Mapped[list["Enclosure"]] = relationship(
        lazy="raise_on_sql", order_by="Enclosure.id", cascade="all, delete-orphan"
    )


class Enclosure(Model):
    """A file that goes with a mail; its bytes lie in `core/storage.py`.

    With a `content_id` it is a picture that stands in the text (RFC 2392).
    """

    __tablename__ = "outbound_enclosures"

    id: Mapped[Id]
    mail_id: Mapped[int] = mapped_column(
        ForeignKey(OutboundMail.id, ondelete="CASCADE"), index=True
    )
    name: Mapped[Short]
    type: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    content_id: Mapped[str] = mapped_column(String(80), default="")
