"""What became of a reply's mail."""

from sqlalchemy import exists, select

from app.accounts.user import User
from app.core.db import db
from app.core.errors import Conflict
from app.core.uow import read_again, verb
from app.mail import posting
from app.mail.outbound import OutboundMail, State
from app.mail.suppression import is_address
from app.tickets.correspondence import about_copy
from app.tickets.events import (
    AuthorKind,
    Cause,
    DeliveryBounced,
    DeliverySent,
    MessageResent,
    ReplyVoided,
    Waking,
)
from app.tickets.history import one_act, record
from app.tickets.message import Message, Visibility
from app.tickets.snoozing import wake
from app.tickets.statusing import move
from app.tickets.ticket import Status, Ticket

ANSWERED = (Status.WAITING_CUSTOMER, Status.RESOLVED)
"""Where a ticket stands because of an answer: without it, it waits for us."""


@verb
def note_delivery(message: Message, *, mail_id: int) -> None:
    """A mail server took the mail of this message, perhaps after all."""
    message.undelivered = ""
    sent = DeliverySent(
        ticket_id=message.ticket_id, by_id=None, message_id=message.id, mail_id=mail_id
    )
    record(sent, actor=AuthorKind.SYSTEM, source="mail", idempotency_key=f"delivery.sent {mail_id}")


@verb
def note_delay(message: Message, *, mail_id: int, code: str) -> None:
    """The mail is late; some server still tries.  Nothing else changes."""
    late = DeliveryBounced(
        ticket_id=message.ticket_id, by_id=None, message_id=message.id,
        mail_id=mail_id, hard=False, code=code,
    )  # fmt: skip
    record(late, actor=AuthorKind.SYSTEM, source="mail")


@verb
def note_bounce(message: Message, *, mail_id: int | None, code: str, reason: str) -> None:
    """The mail was refused for good: the reply counts as not given, and staff see why.

    A ticket that stands where it does because of this reply waits for us again.
    """
    if message.undelivered:
        return
    message.undelivered = reason[:300] or f"The mail server answered {code}."
    with one_act():
        bounced = DeliveryBounced(
            ticket_id=message.ticket_id,
            by_id=None,
            message_id=message.id,
            mail_id=mail_id,
            hard=True,
            code=code,
        )
        record(bounced, actor=AuthorKind.SYSTEM, source="mail")
        voided = ReplyVoided(
            ticket_id=message.ticket_id, by_id=None, message_id=message.id, reason="bounce"
        )
        record(voided, actor=AuthorKind.SYSTEM, source="mail")
        _take_up_again(message)


@verb
def send_again(message: Message, *, by: User) -> None:
    """Send a reply once more to those whom it did not reach, and to nobody else.

    It counts as given to the requester from now.  Raises Conflict for one that is not known to be lost.
    """
    copies = _lost_copies(message)
    if not (message.undelivered or copies) or message.redacted_at:
        raise Conflict("This reply has arrived, or is on its way already.")
    for mail in copies:
        posting.send_again(mail)
    if message.undelivered:
        message.undelivered = ""
        again = MessageResent(ticket_id=message.ticket_id, by_id=by.id, message_id=message.id)
        record(again, actor=AuthorKind.AGENT)


def _lost_copies(message: Message) -> list[OutboundMail]:
    """What did not reach people in copy and could."""
    lost = select(OutboundMail).where(
        OutboundMail.about == about_copy(message), OutboundMail.state == State.FAILED
    )
    return [mail for mail in db.session.scalars(lost) if is_address(mail.to_address)]


def _take_up_again(message: Message) -> None:
    ticket = db.session.get_one(Ticket, message.ticket_id)
    read_again(ticket)
    if ticket.status not in ANSWERED or _was_gone_on(message):
        return
    wake(ticket, why=Waking.BOUNCE, by=None)
    move(ticket, Status.OPEN, by=None, actor=AuthorKind.SYSTEM, cause=Cause.BOUNCE)


def _was_gone_on(message: Message) -> bool:
    """Whether anything was said to each other afterwards."""
    later = exists().where(
        Message.ticket_id == message.ticket_id,
        Message.id > message.id,
        Message.visibility == Visibility.PUBLIC,
        ~Message.automatic,
        Message.undelivered == "",
    )
    return bool(db.session.scalar(select(later)))
