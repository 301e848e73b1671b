"""Mail of ours that came back: which it was, and what that means for its message."""

from collections.abc import Iterator

from sqlalchemy import select

from app.core.db import db
from app.mail.noting import note_returned, note_returned_for_now
from app.mail.outbound import OutboundMail
from app.mail.parsing.parsed import Bounce
from app.mail.receivers import Filed, Ignored, Incoming, Outcome
from app.tickets import delivering
from app.tickets.by_email.thread import signed_in
from app.tickets.correspondence import message_id_of
from app.tickets.message import Message

NO_SUCH_ADDRESS, REFUSED = 550, 554


def take_back(incoming: Incoming) -> Outcome:
    """Write down what came back: a reply that did not arrive is no answer.

    One that is only late changes nothing.
    """
    returned = list(_returned(incoming))
    if not returned:
        return Ignored(
            reason="bounce_unmatched",
            detail="A mail that could not be delivered came back, but it is none of ours.",
        )
    for mail, bounce in returned:
        _note(mail, bounce)
    return Filed(about=f"mail:{returned[0][0].id}")


def _returned(incoming: Incoming) -> Iterator[tuple[OutboundMail, Bounce]]:
    """By the address it came back to, which names the mail; else by the id of what came back."""
    bounces = incoming.mail.bounces
    signed = select(OutboundMail).where(OutboundMail.id.in_(signed_in(incoming)))
    if mail := db.session.scalars(signed).first():
        yield mail, next((each for each in bounces if _is_to(each, mail)), bounces[0])
        return
    ids = {f"<{each.message_id}>": each for each in bounces if each.message_id}
    for mail in db.session.scalars(select(OutboundMail).where(OutboundMail.message_id.in_(ids))):
        if _is_to(ids[mail.message_id], mail):
            yield mail, ids[mail.message_id]


def _is_to(bounce: Bounce, mail: OutboundMail) -> bool:
    """Whether it speaks of this mail's recipient; a forwarder may know them by another name."""
    return bounce.recipient is None or bounce.recipient.lower() == mail.to_address.lower()


def _note(mail: OutboundMail, bounce: Bounce) -> None:
    reason = (
        " ".join(bounce.reason.split()) or f"It came back ({bounce.status or 'no reason said'})."
    )
    if bounce.hard:
        code = NO_SUCH_ADDRESS if bounce.status.startswith("5.1.") else REFUSED
        note_returned(mail, code=code, reason=reason)
        return
    note_returned_for_now(mail, reason=reason)
    if message_id := message_id_of(mail.about):
        message = db.session.get_one(Message, message_id)
        delivering.note_delay(message, mail_id=mail.id, code=bounce.status)
