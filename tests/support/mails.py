"""Reading the outbox."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.mail.outbound import OutboundMail


def outbox(*, to: str = "") -> Sequence[OutboundMail]:
    """Every mail that was made, the oldest first; or those to one address."""
    db.session.rollback()
    mails = select(OutboundMail).options(selectinload(OutboundMail.enclosures))
    mails = mails.order_by(OutboundMail.id)
    return db.session.scalars(mails.where(OutboundMail.to_address == to) if to else mails).all()


def last_mail(*, to: str = "") -> OutboundMail:
    """The newest mail, or the newest to one address."""
    mails = outbox(to=to)
    assert mails, f"no mail to {to or 'anybody'}"
    return mails[-1]


def link_in(mail: OutboundMail, containing: str) -> str:
    """The path of the first link in the text that contains this."""
    for address in re.findall(r"https?://[^/\s]+(/\S*)", mail.text):
        if containing in address:
            return str(address)
    raise AssertionError(f"no link with {containing} in:\n{mail.text}")
