"""Reading the outbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from app.core.db import db, plain_rows
from app.mail.outbound import OutboundMail, State


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail, as a page tells what became of it."""

    id: int
    about: str | None
    to_address: str
    state: State
    attempts: int
    last_error: str
    sent_at: datetime | None


def whole_mail(mail_id: int) -> OutboundMail | None:
    """The mail with its enclosures."""
    mail = select(OutboundMail).where(OutboundMail.id == mail_id)
    return db.session.scalar(mail.options(selectinload(OutboundMail.enclosures)))


def mails_about(abouts: Collection[str]) -> Sequence[MailRow]:
    """What was made about these, the oldest first; in one statement, however many they are."""
    if not abouts:
        return ()
    return [MailRow(*row) for row in plain_rows(_ABOUT, {"abouts": list(abouts)})]


_ABOUT = (
    select(
        OutboundMail.id, OutboundMail.about, OutboundMail.to_address, OutboundMail.state,
        OutboundMail.attempts, OutboundMail.last_error, OutboundMail.sent_at,
    )
    .where(OutboundMail.about.in_(bindparam("abouts", expanding=True)))
    .order_by(OutboundMail.id)
)  # fmt: skip
