"""The mail of a message: one to each of its readers, with its files, from the mailbox of the ticket."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.accounts.user import User
from app.core.excerpts import excerpt
from app.core.web.addresses import absolute
from app.mail.composing import Composed, compose
from app.mail.identity import Identity, identity_of
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.enclosing import Parcel, pack
from app.notifications.signing import signed
from app.tickets.access import follow_token
from app.tickets.correspondence import (
    about_copy,
    about_message,
    conversation_with,
    desk_url,
    follow_url,
    letters_of,
    mailbox_of,
    subject_of_answer,
)
from app.tickets.message import Direction, Message
from app.tickets.ticket import Ticket

PREHEADER_LENGTH = 120


def send(
    message: Message,
    ticket: Ticket,
    readers: Sequence[User],
    *,
    stops: Mapping[int, str] | None = None,
) -> None:
    """One mail to each reader; all are composed before the first is put into the outbox.

    `stops` are the addresses where they stop such mails, by person: for what the customer's side wrote.
    """
    parcel, stops = pack(message), stops or {}
    composed = [_said(message, ticket, each, parcel, stops.get(each.id, "")) for each in readers]
    for person, mail in zip(readers, composed, strict=True):
        ours = message.direction is Direction.OUT
        main = ours and person.id == ticket.requester_id
        post(
            mail,
            ticket,
            to=person,
            about=about_message(message) if main else about_copy(message),
            automatic=not ours,
            written_by=message.author.name,
            enclosures=parcel.enclosures(),
            unsubscribe_url=stops.get(person.id, ""),
        )


def _said(message: Message, ticket: Ticket, to: User, parcel: Parcel, stopping: str) -> Composed:
    we, ours = we_of(ticket), message.direction is Direction.OUT
    return compose(
        "notifications/mail/reply.md",
        answerable=we.answered,
        pictures=parcel.pictures,
        number=ticket.number,
        subject=ticket.subject,
        answers=subject_of_answer(ticket),
        author=message.author.name,
        ours=ours,
        asked=to.id == ticket.requester_id,
        text=message.words,
        news=excerpt(message.text, length=PREHEADER_LENGTH),
        signature=signed(we.signature, ticket=ticket, by=message.author) if ours else "",
        shown=parcel.shown,
        linked=[(file.name, _file_url(ticket, to, file.id)) for file in parcel.linked],
        url=url_for_reader(ticket, to, _anchor="latest"),
        stopping=stopping,
    )


def url_for_reader(ticket: Ticket, to: User, **values: str) -> str:
    """The page of the ticket by a signed link; staff in copy sign in."""
    if _signs_in(to, ticket):
        return desk_url(ticket)
    return follow_url(ticket, to.id, **values)


def _file_url(ticket: Ticket, to: User, file_id: int) -> str:
    if _signs_in(to, ticket):
        return absolute("tickets.download_file", number=ticket.number, id=file_id)
    token = follow_token(ticket, to.id)
    return absolute("tickets.download_followed_file", token=token, id=file_id)


def _signs_in(person: User, ticket: Ticket) -> bool:
    return person.is_staff and person.id != ticket.requester_id


def we_of(ticket: Ticket) -> Identity:
    """In whose name mails about the ticket leave."""
    return identity_of(mailbox_of(ticket))


def post(composed: Composed, ticket: Ticket, *, to: User, **values: Any) -> None:
    """Put a mail about the ticket into the outbox, in the thread that this person has of it."""
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        conversation=conversation_with(to.id, ticket),
        mailbox_id=mailbox_of(ticket),
        theirs=letters_of(to.id, ticket),
        **values,
    )
