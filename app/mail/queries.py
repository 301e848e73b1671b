"""Reading the outbox."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.mail.outbound import OutboundMail


def whole_mail(mail_id: int) -> OutboundMail | None:
    """The mail with its enclosures."""
    mail = select(OutboundMail).where(OutboundMail.id == mail_id)
    return db.session.scalar(mail.options(selectinload(OutboundMail.enclosures)))
