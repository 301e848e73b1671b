"""Mail that comes in: written as text, read by the parser, offered to the receivers."""

import hashlib
import secrets
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.mail import receivers, settling
from app.mail.delivery import Addressee, Delivery
from app.mail.inbound import InboundMail, Way
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail
from app.mail.parsing.reading import parse
from app.mail.receivers import Incoming, Outcome
from app.mail.receiving import accept
from app.mail.signed_address import Purpose, sign

DESK = "support@hearth.example"
AUTHSERV = "mx.hearth.example"


def letter(
    sender: str,
    text: str = "It still prints blank pages.",
    *,
    subject: str = "Printer",
    to: Sequence[str] = (DESK,),
    cc: Sequence[str] = (),
    files: Sequence[tuple[str, str, bytes]] = (),
    **headers: str,
) -> bytes:
    """A mail as somebody would send it; `auto_submitted="auto-replied"` is its header of that name."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = sender, ", ".join(to), subject
    if cc:
        made["Cc"] = ", ".join(cc)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if "message_id" not in {name.lower() for name in headers}:
        digest = hashlib.sha256(f"{sender}{subject}{text}{headers}{to}{cc}".encode()).hexdigest()
        made["Message-ID"] = f"<{digest[:20]}@sender.example>"
    made.set_content(text)
    for name, kind, content in files:
        maintype, _, subtype = kind.partition("/")
        made.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return bytes(made)


def reply_to(mail: OutboundMail, *, desk: str = DESK) -> str:
    """Where an answer to a mail of ours goes."""
    return sign(desk, Purpose.REPLY, mail.id)


def back_from(mail: OutboundMail, *, desk: str = DESK) -> str:
    """Where a mail of ours comes back to."""
    return sign(desk, Purpose.BOUNCE, mail.id)


def passed(domain: str = "house.example") -> str:
    """What the server of our mailbox says of a mail that is from where it says."""
    return f"{AUTHSERV}; dkim=pass header.d={domain}; dmarc=pass header.from={domain}"


def take(raw: bytes, *, mailbox: Mailbox | None = None, **given: Any) -> tuple[int, Outcome]:
    """Let a mail come in: its number in the ledger, and what became of it."""
    db.session.rollback()
    addressee = Addressee(mailbox.id, mailbox.group) if mailbox else Addressee()
    way = given.get("way", Way.SMTP)
    with unit_of_work():
        came = accept(raw, Delivery(way=way, addressee=addressee, mark=secrets.token_hex(8)))
    return came.mail_id, offer(raw, came.mail_id, mailbox=mailbox, **given)


def offer(raw: bytes, number: int, *, mailbox: Mailbox | None = None, **given: Any) -> Outcome:
    """Offer it to whoever takes mail, as the worker does, and write down what became of it."""
    db.session.rollback()
    incoming = Incoming(
        **{
            "inbound_id": number,
            "mail": parse(raw),
            "way": Way.SMTP,
            "mailbox_id": mailbox.id if mailbox else None,
            "mailbox_address": mailbox.address if mailbox else DESK,
            "trusted_authserv": mailbox.trusted_authserv if mailbox else "",
            "envelope_from": "bounce@sender.example",
            "envelope_to": "",
            "received_at": clock.now(),
        }
        | given
    )
    with unit_of_work():
        outcome = receivers.offer(incoming)
        settling.decide(db.session.get_one(InboundMail, number), outcome, by_id=None)
    return outcome
