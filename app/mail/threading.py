"""Message-IDs of ours, and how the mails of a conversation refer to each other (RFC 5322, 3.6.4)."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.mail.outbound import OutboundMail

LONGEST_CHAIN = 20
"""Older mails in the middle are left out of References: header lines must not grow for ever."""


@dataclass(frozen=True)
class Place:
    """Where a mail stands in its conversation."""

    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


def new_message_id(about: str | None, *, host: str) -> str:
    """An id that nobody can guess and that tells people what it was about."""
    subject = (about or "mail").replace(":", ".")
    return f"<{subject}.{secrets.token_hex(12)}@{host}>"


def place_in(conversation: str | None, *, address: str) -> Place:
    """Behind the last mail of the conversation to the same address."""
    if conversation is None:
        return Place()
    ids = select(OutboundMail.message_id).where(
        OutboundMail.conversation == conversation, OutboundMail.to_address == address
    )
    newest = db.session.scalars(ids.order_by(OutboundMail.id.desc()).limit(LONGEST_CHAIN)).all()
    if not newest:
        return Place()
    chain = [*reversed(newest)]
    if len(chain) == LONGEST_CHAIN:  # there may be more before: the beginning stays
        chain[0] = db.session.scalars(ids.order_by(OutboundMail.id).limit(1)).one()
    return Place(in_reply_to=newest[0], references=tuple(chain))
