"""What requesters are told: that we have it, and what we answer."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.db import db
from app.core.excerpts import excerpt
from app.mail.composing import Composed, compose
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.tickets.correspondence import about_message, conversation_with, follow_url
from app.tickets.message import Message, Visibility
from app.tickets.ticket import Ticket

PREHEADER_LENGTH = 120


def confirm_receipt(ticket_id: int) -> None:
    """Send the signed link to the ticket.

    The mail holds nothing that was typed into the form: anybody can type anybody's address there,
    and would have us send their words to strangers.
    """
    ticket = _ticket(ticket_id)
    composed = compose(
        "notifications/mail/received.md", number=ticket.number, url=follow_url(ticket)
    )
    _post(composed, ticket, about=f"ticket:{ticket.id}", automatic=True)


def send_reply(message_id: int) -> None:
    """Send a public reply, in the thread of the ticket."""
    message = db.session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.visibility == Visibility.PUBLIC)
        .options(joinedload(Message.author), selectinload(Message.files))
    ).one()
    ticket = _ticket(message.ticket_id)
    composed = compose(
        "notifications/mail/reply.md",
        number=ticket.number,
        subject=ticket.subject,
        author=message.author.name,
        text=message.text,
        news=excerpt(message.text, length=PREHEADER_LENGTH),
        files=[file.name for file in message.files],
        url=follow_url(ticket, _anchor="latest"),
    )
    _post(composed, ticket, about=about_message(message), automatic=False)


def _ticket(ticket_id: int) -> Ticket:
    return db.session.scalars(
        select(Ticket).where(Ticket.id == ticket_id).options(joinedload(Ticket.requester))
    ).one()


def _post(composed: Composed, ticket: Ticket, *, about: str, automatic: bool) -> None:
    queue(
        composed,
        to=ticket.requester.email,
        kind=Kind.TICKET,
        automatic=automatic,
        about=about,
        conversation=conversation_with(ticket.requester_id, ticket),
    )
