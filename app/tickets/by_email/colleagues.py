"""Mail of people who work here: they answer and command by mail, when it is proved to be theirs."""

from app.accounts.user import User
from app.core.db import db
from app.core.errors import Refusal
from app.core.written import AsWritten
from app.mail.composing import compose
from app.mail.outbound import Kind, OutboundMail
from app.mail.posting import queue
from app.mail.receivers import Filed, Ignored, Incoming, Outcome
from app.tickets.by_email.obeying import obey
from app.tickets.by_email.sender import Sender
from app.tickets.by_email.thread import Thread
from app.tickets.by_email.words import Words
from app.tickets.correspondence import (
    about_message,
    conversation_with,
    copy_id_of,
    desk_url,
)
from app.tickets.message import Direction, Message, Visibility


def may_act(sender: Sender, thread: Thread | None) -> bool:
    """Whether the mail has the power of the colleague whose address it bears (RELIABILITY.md D5).

    It answers a mail of ours to this very address, which only its reader can know; its sender is
    proved; and they may still sign in and work on tickets.
    """
    if thread is None or thread.answers is None or sender.person is None:
        return False
    ours = thread.answers.to_address.lower() == sender.address
    return ours and thread.match == "token" and sender.is_proved and sender.person.is_active


def act_on(incoming: Incoming, thread: Thread, words: Words, *, by: User) -> Outcome:
    """Answer the customer, or add a note, and do what is commanded.

    What cannot be done is answered by mail, and then nothing is done.
    """
    ticket, number = thread.ticket, thread.ticket.id
    try:
        message = obey(ticket, words, by=by, internal=not _answers_customer(thread.answers))
    except Refusal as fault:
        if not incoming.mail.must_not_auto_respond:
            _tell(thread, words, fault.message, to=by)
        return Ignored(reason="not_done", detail=fault.message)
    return Filed(about=about_message(message) if message else f"ticket:{number}")


def _answers_customer(ours: OutboundMail | None) -> bool:
    """Whether the mail that is answered told of a customer's message; in doubt it did not."""
    message_id = copy_id_of(ours.about) if ours else None
    message = db.session.get(Message, message_id) if message_id else None
    return (
        message is not None
        and message.visibility is Visibility.PUBLIC
        and message.direction is Direction.IN
    )


def _tell(thread: Thread, words: Words, reason: str, *, to: User) -> None:
    ticket = thread.ticket
    composed = compose(
        "tickets/mail/not_done.md",
        number=ticket.number,
        subject=ticket.subject,
        reason=reason,
        said=AsWritten(words.text),
        url=desk_url(ticket),
    )
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        automatic=True,
        about=f"ticket:{ticket.id}",
        conversation=conversation_with(to.id, ticket),
    )
