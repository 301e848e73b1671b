"""Telling the sender of a mail that is too large to be read; its original waits for a person."""

from sqlalchemy import select

from app.core import storage
from app.core.db import db
from app.core.settings import settings
from app.core.web.addresses import absolute
from app.core.web.filters import filesize
from app.mail import desk_id, own_addresses
from app.mail.composing import compose
from app.mail.inbound import InboundMail
from app.mail.outbound import Kind, OutboundMail
from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.telling import HEAD_BYTES, known_by_headers
from app.mail.posting import queue

OVERSIZED = "oversized"


def tell_sender(inbound_id: int) -> None:
    """Write to the sender, once, unless a machine wrote the mail or its sender is in doubt."""
    mail = db.session.get_one(InboundMail, inbound_id)
    about = f"inbound:{mail.id}"
    told = select(OutboundMail.id).where(OutboundMail.about == about)
    if db.session.scalar(told) is not None:
        return
    with storage.open(mail.sha256) as file:
        head = known_by_headers(file.read(HEAD_BYTES))
    if not _may_be_answered(head, mail):
        return
    composed = compose(
        "tickets/mail/too_large.md",
        subject=head.subject or "without a subject",
        size=filesize(mail.bytes),
        limit=filesize(settings().mail_limit_bytes),
        url=absolute("tickets.new_ticket"),
    )
    queue(
        composed,
        to=head.from_address or "",
        kind=Kind.TICKET,
        automatic=True,
        about=about,
        mailbox_id=mail.mailbox_id,
    )


def _may_be_answered(head: ParsedMail, mail: InboundMail) -> bool:
    if not head.sender_verified or head.from_address is None:
        return False
    by_machine = head.must_not_auto_respond or head.is_auto_reply or head.is_list
    ours = own_addresses.is_own(head.from_address) or desk_id.is_this_desk(head.hearth_ids)
    return not (by_machine or ours or head.return_path == "")
