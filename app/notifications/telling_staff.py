"""What staff are told: that a customer wrote, that a ticket is theirs."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.user import User
from app.core.db import db
from app.core.excerpts import excerpt
from app.mail.composing import Composed, compose
from app.mail.identity import identity_of
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.telling_requesters import PREHEADER_LENGTH
from app.tickets.correspondence import (
    about_copy,
    about_note,
    conversation_with,
    desk_url,
    mailbox_of,
)
from app.tickets.message import Message
from app.tickets.ticket import Ticket


def tell_of_message(message_id: int) -> None:
    """Send the assignee what the customer wrote.  A ticket's first message waits in the inbox."""
    message = db.session.scalars(
        select(Message).where(Message.id == message_id).options(joinedload(Message.author))
    ).one()
    ticket = _ticket(message.ticket_id)
    if ticket.assignee is None or _is_first(message) or message.author_id == ticket.assignee_id:
        return
    composed = compose(
        "notifications/mail/customer_wrote.md",
        answerable=identity_of(mailbox_of(ticket)).answered,
        number=ticket.number,
        subject=ticket.subject,
        author=message.author.name,
        text=message.words,
        news=excerpt(message.text, length=PREHEADER_LENGTH),
        url=desk_url(ticket),
    )
    _post(composed, ticket, to=ticket.assignee, about=about_copy(message))


def tell_of_mention(message_id: int, *, to_id: int) -> None:
    """Send somebody the note in which a colleague called them.  It goes to staff alone."""
    note = db.session.scalars(
        select(Message).where(Message.id == message_id).options(joinedload(Message.author))
    ).one()
    ticket = _ticket(note.ticket_id)
    composed = compose(
        "notifications/mail/mentioned.md",
        answerable=identity_of(mailbox_of(ticket)).answered,
        number=ticket.number,
        subject=ticket.subject,
        author=note.author.name,
        text=note.words,
        news=excerpt(note.text, length=PREHEADER_LENGTH),
        url=desk_url(ticket),
    )
    _post(composed, ticket, to=db.session.get_one(User, to_id), about=about_note(note))


def tell_of_assignment(ticket_id: int, *, to_id: int, by_id: int) -> None:
    """Tell somebody that a colleague gave them a ticket, if it is still theirs."""
    ticket = _ticket(ticket_id)
    if ticket.assignee is None or ticket.assignee_id != to_id:
        return
    composed = compose(
        "notifications/mail/assigned.md",
        number=ticket.number,
        subject=ticket.subject,
        by=db.session.get_one(User, by_id).name,
        requester=ticket.requester.name,
        priority=ticket.priority.value,
        url=desk_url(ticket),
    )
    _post(composed, ticket, to=ticket.assignee, about=f"ticket:{ticket.id}")


def _ticket(ticket_id: int) -> Ticket:
    return db.session.scalars(
        select(Ticket)
        .where(Ticket.id == ticket_id)
        .options(joinedload(Ticket.requester), joinedload(Ticket.assignee))
    ).one()


def _is_first(message: Message) -> bool:
    first = select(func.min(Message.id)).where(Message.ticket_id == message.ticket_id)
    return db.session.scalar(first) == message.id


def _post(composed: Composed, ticket: Ticket, *, to: User, about: str) -> None:
    """Only to somebody who may still read tickets."""
    if not (to.is_active and to.is_staff):
        return
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        automatic=True,
        about=about,
        conversation=conversation_with(to.id, ticket),
        mailbox_id=mailbox_of(ticket),
    )
