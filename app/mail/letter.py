"""The bytes of a mail, as servers and `.eml` files have them (RFC 5322, RFC 2045, RFC 3834)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any

from email_validator import validate_email

from app.core import storage
from app.mail import desk_id, signed_address
from app.mail.identity import Identity, identity_of
from app.mail.outbound import Enclosure, Kind, OutboundMail
from app.mail.signed_address import Purpose
from app.mail.threading import is_ours
from app.mail.verbatim import POLICY

_ENCODED = "=?"
"""How an encoded word begins (RFC 2047): the library would decode it, line ends and all."""

_NO_ROBOTS = "DR, RN, NRN, OOF, AutoReply"
"""What Microsoft's programs shall not answer: all but the word that it could not be delivered."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """A mail in its envelope; plain values, so that no transaction is open while it travels."""

    mail_id: int
    sender: str
    recipient: str
    data: bytes


def letter_of(mail: OutboundMail) -> Letter:
    """The mail, loaded with its enclosures, ready to leave.  The same whenever it is asked for."""
    recipient = _ascii(mail.to_address)
    we = identity_of(mail.mailbox_id)
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(
        display_name=we.spoken_by(mail.written_by, ours=not mail.automatic), addr_spec=we.address
    )
    message["To"] = Address(addr_spec=recipient)
    _say_where_answers_go(message, mail, we)
    message["Subject"] = mail.subject.replace(_ENCODED, "= ?")
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    if mail.in_reply_to:
        message["In-Reply-To"] = mail.in_reply_to
        message["References"] = mail.references
    _say_what_it_is(message, mail)
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    _enclose(message, mail.enclosures)
    return Letter(mail.id, _return_address(mail, we), recipient, bytes(message))


def _say_where_answers_go(message: EmailMessage, mail: OutboundMail, we: Identity) -> None:
    """To an address that names mail and recipient, wherever somebody reads the answers."""
    if mail.kind is Kind.TICKET and we.answered and we.plus:
        signed = signed_address.sign(we.address, Purpose.REPLY, mail.id)
        message["Reply-To"] = Address(addr_spec=signed)


def _return_address(mail: OutboundMail, we: Identity) -> str:
    """Where it comes back to: by the address alone we know which mail it was (VERP)."""
    if not (we.answered and we.plus):
        return we.address
    return signed_address.sign(we.address, Purpose.BOUNCE, mail.id)


def _say_what_it_is(message: EmailMessage, mail: OutboundMail) -> None:
    """For machines: whose it is, whether a person wrote it (RFC 3834, 5), how to stop it (RFC 8058)."""
    message[desk_id.HEADER] = desk_id.desk_id()
    if mail.automatic:
        message["X-Auto-Response-Suppress"] = _NO_ROBOTS
    if mail.automatic and not mail.written_by:
        answers = mail.in_reply_to and not is_ours(mail.in_reply_to)
        message["Auto-Submitted"] = "auto-replied" if answers else "auto-generated"
    if mail.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"


def _enclose(message: EmailMessage, enclosures: Iterable[Enclosure]) -> None:
    """Pictures of the text go beside its HTML (RFC 2387), all other files behind both."""
    html = message.get_body(["html"])
    for file in enclosures:
        content = _content_of(file)
        if content is None:
            continue
        maintype, _, subtype = file.type.partition("/")
        kind: dict[str, Any] = {"maintype": maintype, "subtype": subtype, "filename": file.name}
        if file.content_id:
            assert isinstance(html, EmailMessage)
            html.add_related(content, cid=f"<{file.content_id}>", disposition="inline", **kind)
        else:
            message.add_attachment(content, **kind)


def _content_of(file: Enclosure) -> bytes | None:
    """None when it is gone from our storage: the words of the mail must arrive all the same."""
    try:
        with storage.open(file.sha256) as stream:
            return stream.read()
    except FileNotFoundError:
        log.error("file missing", extra={"enclosure": file.id, "sha256": file.sha256})
        return None


def _ascii(address: str) -> str:
    """The address with its domain as servers know it."""
    checked = validate_email(address, check_deliverability=False, test_environment=True)
    return checked.ascii_email or address
