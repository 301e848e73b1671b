"""Message-IDs of ours, and how the mails of a conversation refer to each other (RFC 5322, 3.6.4)."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.core.db import db
from app.core.web.addresses import public_host
from app.mail.inbound import InboundMail
from app.mail.outbound import OutboundMail

LONGEST_CHAIN = 20
"""Older mails in the middle are left out of References: header lines must not grow for ever."""

_FIT = re.compile(r"[!-;=?-~]{1,240}")
"""An id of a stranger's mail that may stand in a header of ours, without its brackets."""


@dataclass(frozen=True)
class Place:
    """Where a mail stands in its conversation."""

    in_reply_to: str | None = None
    references: tuple[str, ...] = ()


def new_message_id(about: str | None, *, host: str) -> str:
    """An id that nobody can guess and that tells people what it was about."""
    subject = (about or "mail").replace(":", ".")
    return f"<{subject}.{secrets.token_hex(12)}@{host}>"


def is_ours(message_id: str) -> bool:
    """Whether a mail of this id went out from here."""
    return message_id.endswith(f"@{public_host()}>")


def place_in(
    conversation: str | None, *, address: str, theirs: Select[int | None] | None = None
) -> Place:
    """Behind the last mail of the conversation that its reader has.

    That is what we wrote to the address, and what they wrote to us: `theirs` are ids of mails that came in.
    """
    if conversation is None:
        return Place()
    ours = select(OutboundMail.created_at, OutboundMail.message_id).where(
        OutboundMail.conversation == conversation, OutboundMail.to_address == address
    )
    known = _ends_of(ours, OutboundMail.id)
    if theirs is not None:
        came = select(InboundMail.received_at, InboundMail.message_id)
        known |= {
            (at, f"<{bare}>")
            for at, found in _ends_of(came.where(InboundMail.id.in_(theirs)), InboundMail.id)
            if (bare := (found or "").strip("<>")) and _FIT.fullmatch(bare)
        }
    if not known:
        return Place()
    first, *others = [message_id for _, message_id in sorted(known)]
    chain = (first, *others[-(LONGEST_CHAIN - 1) :])
    return Place(in_reply_to=chain[-1], references=chain)


def _ends_of(mails: Select[Any, Any], by: Any) -> set[tuple[datetime, str]]:
    """The newest of them, and the first: the beginning of a conversation stays."""
    newest = db.session.execute(mails.order_by(by.desc()).limit(LONGEST_CHAIN)).all()
    if len(newest) == LONGEST_CHAIN:  # there may be more before
        newest = [*newest, db.session.execute(mails.order_by(by).limit(1)).one()]
    return {(row[0], row[1]) for row in newest}
