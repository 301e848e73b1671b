"""What requesters are told: that we have it, and what we answer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.user import User
from app.core.db import db
from app.core.excerpts import excerpt
from app.mail.composing import Composed, compose
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.tickets.correspondence import (
    about_copy,
    about_message,
    conversation_with,
    desk_url,
    follow_url,
)
from app.tickets.message import Direction, Message, Visibility
from app.tickets.participant import Participant
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
    about = f"ticket:{ticket.id}"
    _post(composed, ticket, to=ticket.requester, about=about, automatic=True)


def send_reply(message_id: int) -> None:
    """Send a public reply, in the thread of the ticket."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    for person in (ticket.requester, *_in_copy(ticket)):
        main = person is ticket.requester
        about = about_message(message) if main else about_copy(message)
        _post(_said(message, ticket, person), ticket, to=person, about=about, automatic=False)


def send_reply_again(message_id: int) -> None:
    """Send the requester alone a reply that did not arrive; the others have it."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    said = _said(message, ticket, ticket.requester)
    _post(said, ticket, to=ticket.requester, about=about_message(message), automatic=False)


def tell_the_others(message_id: int) -> None:
    """Send what one of the customer's side wrote to the others of it; a first message has no others."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    for person in (ticket.requester, *_in_copy(ticket)):
        if person.id != message.author_id:
            composed = _said(message, ticket, person)
            _post(composed, ticket, to=person, about=about_copy(message), automatic=True)


def tell_of_copy(ticket_id: int, *, person_id: int, by_id: int) -> None:
    """Send somebody who was brought in the link, if they still take part.

    The mail holds no word of the ticket, and of who did it only the address, which is theirs: what
    people type would go to strangers otherwise.
    """
    ticket = _ticket(ticket_id)
    person = next((each for each in _in_copy(ticket) if each.id == person_id), None)
    if person is None:
        return
    by = db.session.get_one(User, by_id)
    composed = compose(
        "notifications/mail/copied.md",
        number=ticket.number,
        by="Our team" if by.is_staff else by.email,
        url=_url(ticket, person),
    )
    _post(composed, ticket, to=person, about=f"ticket:{ticket.id}", automatic=True)


def _said(message: Message, ticket: Ticket, to: User) -> Composed:
    return compose(
        "notifications/mail/reply.md",
        number=ticket.number,
        subject=ticket.subject,
        author=message.author.name,
        ours=message.direction is Direction.OUT,
        asked=to.id == ticket.requester_id,
        text=message.words,
        news=excerpt(message.text, length=PREHEADER_LENGTH),
        files=[file.name for file in message.files],
        url=_url(ticket, to, _anchor="latest"),
    )


def _url(ticket: Ticket, to: User, **values: str) -> str:
    """The page by a signed link; staff in copy sign in."""
    if to.is_staff and to.id != ticket.requester_id:
        return desk_url(ticket)
    return follow_url(ticket, to.id, **values)


def _in_copy(ticket: Ticket) -> Sequence[User]:
    """The people in copy who were not shut out."""
    copied = (
        select(User)
        .join(Participant, Participant.user_id == User.id)
        .where(Participant.ticket_id == ticket.id, User.deactivated_at.is_(None))
    )
    return db.session.scalars(copied.order_by(User.id)).all()


def _public_message(message_id: int) -> Message:
    public = Message.id == message_id, Message.visibility == Visibility.PUBLIC
    whole = select(Message).options(joinedload(Message.author), selectinload(Message.files))
    return db.session.scalars(whole.where(*public)).one()


def _ticket(ticket_id: int) -> Ticket:
    return db.session.scalars(
        select(Ticket).where(Ticket.id == ticket_id).options(joinedload(Ticket.requester))
    ).one()


def _post(composed: Composed, ticket: Ticket, *, to: User, about: str, automatic: bool) -> None:
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        automatic=automatic,
        about=about,
        conversation=conversation_with(to.id, ticket),
    )
