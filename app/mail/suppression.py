"""Mail that is not sent at all: to addresses that refuse it, or too much of it."""

from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import ColumnElement, func, select

from app.core import clock
from app.core.db import db
from app.mail.outbound import Kind, OutboundMail, State

NO_ADDRESS = "This is not an address that mail can be sent to."
MOST = 30
MOST_ABOUT_ONE = 10
"""So many in one conversation: machines that answer each other there fall silent."""
WITHIN = timedelta(minutes=10)
NO_SUCH_MAILBOX = (550, 551, 553)
"""Answers that speak of the address, not of what the mail says (RFC 5321, 4.2.3)."""


def reason_not_to_send(
    address: str, *, kind: Kind, automatic: bool, conversation: str | None = None
) -> str:
    """Why a mail to this address must not leave, in a sentence; empty when it may."""
    if not is_address(address):
        return NO_ADDRESS
    if automatic and kind is not Kind.ACCOUNT and refusal(address):
        return "This address refused our mail before."
    if automatic and _sent_lately(address) >= MOST:
        return f"This address got {MOST} automatic mails within ten minutes."
    if automatic and conversation and _said_lately(conversation) >= MOST_ABOUT_ONE:
        return f"This address got {MOST_ABOUT_ONE} automatic mails about this within ten minutes."
    return ""


def is_address(address: str) -> bool:
    """Whether a letter can be written to it."""
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return checked.ascii_email is not None


def refusal(address: str) -> str:
    """Why the last mail that a server had a word on was refused, if that was because of the address."""
    last = (
        select(OutboundMail.state, OutboundMail.smtp_code, OutboundMail.last_error)
        .where(
            OutboundMail.to_address == address,
            OutboundMail.state.in_([State.SENT, State.FAILED]),
            OutboundMail.smtp_code.is_not(None),
        )
        .order_by(OutboundMail.created_at.desc(), OutboundMail.id.desc())
        .limit(1)
    )
    row = db.session.execute(last).first()
    refused = row and row.state is State.FAILED and row.smtp_code in NO_SUCH_MAILBOX
    return row.last_error or str(row.smtp_code) if row and refused else ""


def _sent_lately(address: str) -> int:
    return _automatic_lately(OutboundMail.to_address == address)


def _said_lately(conversation: str) -> int:
    return _automatic_lately(OutboundMail.conversation == conversation)


def _automatic_lately(which: ColumnElement[bool]) -> int:
    lately = select(func.count()).where(
        which,
        OutboundMail.created_at > clock.now() - WITHIN,
        OutboundMail.automatic,
        OutboundMail.state != State.FAILED,
    )
    return db.session.scalar(lately) or 0
