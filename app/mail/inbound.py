"""The ledger of mail that came in: every message, as it arrived, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String

from app.core.db import CreatedAt, Id, Json, Line, Mapped, Model, enum_text, mapped_column
from app.mail.mailbox import Mailbox


class Way(StrEnum):
    """How a mail reached us."""

    IMAP = "imap"
    SMTP = "smtp"
    RELAY = "relay"
    FILE = "file"


class State(StrEnum):
    """How far a mail has come.  The last three are where it may rest."""

    RECEIVED = "received"
    PARSED = "parsed"
    FILED = "filed"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


RESTING = frozenset({State.FILED, State.QUARANTINED, State.IGNORED})


class InboundMail(Model):
    """One mail.  Its bytes lie in `core/storage.py` under `sha256`, untouched.

    `about` names what it became ("message:34"); `reason` is a word for machines that says why it
    was ignored or quarantined, `detail` the sentence for people.  `twin_id` is the first mail of the
    group with the same Message-ID that says something else.  `attempts` counts how often it was
    offered, also when the worker did not survive that.
    """

    __tablename__ = "inbound_mails"
    __table_args__ = (
        Index("ix_inbound_mails_state_id", "state", "id"),
        Index("ix_inbound_mails_message_id", "message_id"),
        Index("uq_inbound_mails_identity", "mailbox_group", "fingerprint", unique=True),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey(Mailbox.id), index=True)
    group: Mapped[str] = mapped_column("mailbox_group", String(40), default="desk")
    way: Mapped[Way] = mapped_column(enum_text(Way))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """What makes it the same mail, however often and by whatever way it comes."""
    bytes: Mapped[int] = mapped_column(BigInteger)
    envelope_from: Mapped[str] = mapped_column(String(320), default="")
    envelope_to: Mapped[str] = mapped_column(String(320), default="")
    message_id: Mapped[str | None] = mapped_column(String(250))
    from_address: Mapped[str] = mapped_column(String(320), default="")
    subject: Mapped[Line] = mapped_column(default="")
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_mails.id"))
    facts: Mapped[Json] = mapped_column(default=dict)
    """What reading it told beside: see `facts_of` in `settling.py`."""
    state: Mapped[State] = mapped_column(enum_text(State), default=State.RECEIVED)
    reason: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[Line] = mapped_column(default="")
    about: Mapped[str | None] = mapped_column(String(80), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[CreatedAt]
    settled_at: Mapped[datetime | None]
