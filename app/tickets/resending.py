"""Sending the mails of a reply again that failed."""

from sqlalchemy import select

from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.mail.outbound import OutboundMail, State
from app.mail.posting import send_again
from app.mail.suppression import is_address
from app.tickets.correspondence import about_copy, about_message
from app.tickets.message import Message


@verb
def resend(message: Message) -> None:
    """Put those back into the queue that did not arrive; nobody gets a second copy.

    Raises InvalidTransition when there is none that could leave.
    """
    abouts = (about_message(message), about_copy(message))
    failed = select(OutboundMail).where(
        OutboundMail.about.in_(abouts), OutboundMail.state == State.FAILED
    )
    mails = [mail for mail in db.session.scalars(failed) if is_address(mail.to_address)]
    if not mails or message.redacted_at:
        raise InvalidTransition("No mail of this reply can be sent again.")
    for mail in mails:
        send_again(mail)
