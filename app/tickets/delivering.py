"""What became of a reply's mail."""

from app.core.uow import verb
from app.tickets.events import AuthorKind, DeliveryBounced, DeliverySent, ReplyVoided
from app.tickets.history import one_act, record
from app.tickets.message import Message


@verb
def note_delivery(message: Message, *, mail_id: int) -> None:
    """A mail server took the mail of this message, perhaps after all."""
    message.undelivered = ""
    sent = DeliverySent(
        ticket_id=message.ticket_id, by_id=None, message_id=message.id, mail_id=mail_id
    )
    record(sent, actor=AuthorKind.SYSTEM, source="mail", idempotency_key=f"delivery.sent {mail_id}")


@verb
def note_bounce(message: Message, *, mail_id: int | None, code: str, reason: str) -> None:
    """The mail was refused for good: the reply counts as not given, and staff see why."""
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
