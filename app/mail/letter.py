"""The bytes of a mail, as servers and `.eml` files have them (RFC 5322, RFC 2045, RFC 3834)."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from email_validator import validate_email

from app.core.settings import settings
from app.mail.outbound import OutboundMail

_ENCODED = "=?"
"""How an encoded word begins (RFC 2047): the library would decode it, line ends and all."""


@dataclass(frozen=True)
class Letter:
    """A mail in its envelope; plain values, so that no transaction is open while it travels."""

    mail_id: int
    sender: str
    recipient: str
    data: bytes


def letter_of(mail: OutboundMail) -> Letter:
    """The mail, ready to leave.  The same bytes whenever it is asked for."""
    recipient = _ascii(mail.to_address)
    message = EmailMessage(policy=SMTP)
    message["From"] = _our_address()
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = mail.subject.replace(_ENCODED, "= ?")
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    if mail.in_reply_to:
        message["In-Reply-To"] = mail.in_reply_to
        message["References"] = mail.references
    if mail.automatic:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return Letter(mail.id, settings().mail_from, recipient, bytes(message))


def _our_address() -> Address:
    return Address(display_name=settings().desk_name, addr_spec=settings().mail_from)


def _ascii(address: str) -> str:
    """The address with its domain as servers know it."""
    checked = validate_email(address, check_deliverability=False, test_environment=True)
    return checked.ascii_email or address
