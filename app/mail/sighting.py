"""A sighting: one arrival of a mail.  The same mail may arrive often; the books count each."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String

from app.core.db import CreatedAt, Id, Mapped, Model, enum_text, mapped_column
from app.mail.inbound import InboundMail, Way
from app.mail.mailbox import Mailbox


class Sighting(Model):
    """When, by which way and for which mailbox a mail came; on IMAP also where it lay.

    `tidied_at` is when its copy on the server was moved or marked, or found to be gone.
    """

    __tablename__ = "mail_sightings"
    __table_args__ = (
        Index(
            "uq_mail_sightings_place", "mailbox_id", "folder", "uid_validity", "uid", unique=True
        ),
        Index("ix_mail_sightings_inbound_id", "inbound_id"),
        Index("ix_mail_sightings_mailbox_id_tidied_at", "mailbox_id", "tidied_at"),
    )

    id: Mapped[Id]
    inbound_id: Mapped[int] = mapped_column(ForeignKey(InboundMail.id))
    mailbox_id: Mapped[int | None] = mapped_column(ForeignKey(Mailbox.id))
    way: Mapped[Way] = mapped_column(enum_text(Way))
    envelope_from: Mapped[str] = mapped_column(String(320), default="")
    envelope_to: Mapped[str] = mapped_column(String(320), default="")
    folder: Mapped[str | None] = mapped_column(String(200))
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    uid: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[CreatedAt]
    tidied_at: Mapped[datetime | None]
