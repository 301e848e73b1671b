"""Reading the outbox as the person would to whom a mail is addressed."""

import re
from urllib.parse import urlsplit

from sqlalchemy import select

from app.core.db import db
from app.mail.outbound import OutboundMail


def letters(address: str) -> list[OutboundMail]:
    db.session.rollback()
    found = select(OutboundMail).where(OutboundMail.to_address == address)
    return list(db.session.scalars(found.order_by(OutboundMail.id)))


def link_in(address: str) -> str:
    """The path of the first link in the last mail to this address."""
    last = letters(address)[-1]
    found = re.search(r"https?://\S+", last.text)
    assert found, last.text
    return urlsplit(found[0]).path
