"""The night shift of tickets."""

from app.core.db import db
from app.core.jobs import job
from app.tickets import attending, delivering, releasing, resolving, snoozing
from app.tickets.message import Message
from app.tickets.ticket import Ticket


@job()
def close_settled() -> None:
    """Close what was solved a week ago; what is left over waits for the next hour."""
    resolving.close_settled()


@job()
def release(message_id: int) -> None:
    """Let a held reply go; one that was taken back is gone."""
    if message := db.session.get(Message, message_id):
        releasing.release(message)


@job()
def forget_absent() -> None:
    """Forget who was at which ticket."""
    attending.forget_absent()


@job()
def wake(ticket_id: int) -> None:
    """Bring a snoozed ticket back, if that is still meant."""
    snoozing.wake_when_due(db.session.get_one(Ticket, ticket_id))


@job()
def note_delivery(message_id: int, mail_id: int) -> None:
    """Write into the ledger that the mail of a message left."""
    delivering.note_delivery(db.session.get_one(Message, message_id), mail_id=mail_id)


@job()
def note_bounce(message_id: int, mail_id: int, code: str, reason: str) -> None:
    """Write into the ledger, and on the message, that its mail will not arrive."""
    message = db.session.get_one(Message, message_id)
    delivering.note_bounce(message, mail_id=mail_id, code=code, reason=reason)
