"""What requesters are told: that we have it, and what we answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.user import User
from app.core.db import db
from app.core.excerpts import excerpt
from app.core.web.addresses import absolute
from app.mail.composing import Composed, compose
from app.mail.identity import Identity, identity_of
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.enclosing import Parcel, pack
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion
from app.notifications.signing import signed
from app.notifications.unsubscribing import stop_url_for
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
from app.tickets.delivering import note_bounce
from app.tickets.message import Direction, Message, Visibility
from app.tickets.participant import Participant
from app.tickets.ticket import Ticket

PREHEADER_LENGTH = 120
SHUT_OUT = "This person’s account is deactivated, so nothing was sent."


def confirm_receipt(ticket_id: int) -> None:
    """Send the signed link to the ticket.

    The mail holds nothing that was typed into the form: anybody can type anybody's address there,
    and would have us send their words to strangers.
    """
    ticket = _ticket(ticket_id)
    stopping = _stopping(ticket, ticket.requester, Occasion.RECEIVED)
    if stopping is None:
        return
    composed = compose(
        "notifications/mail/received.md",
        answerable=_we(ticket).answered,
        number=ticket.number,
        url=follow_url(ticket),
        stopping=stopping,
    )
    about = f"ticket:{ticket.id}"
    _post(
        composed, ticket, to=ticket.requester, about=about, automatic=True, unsubscribe_url=stopping
    )


def send_reply(message_id: int) -> None:
    """Send a public reply, in the thread of the ticket.  It is what they wrote for: nobody can stop it."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    readers = [ticket.requester, *_in_copy(ticket)]
    _send(message, ticket, dict.fromkeys(filter(_is_let_in, readers), ""), automatic=False)
    if not _is_let_in(ticket.requester):
        note_bounce(message, mail_id=None, code="", reason=SHUT_OUT)
    _note(Occasion.ANSWERED, message, readers)


def send_reply_again(message_id: int) -> None:
    """Send the requester alone a reply that did not arrive; the others have it."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    _send(message, ticket, {ticket.requester: ""}, automatic=False)


def tell_the_others(message_id: int) -> None:
    """Send what one of the customer's side wrote to the others of it; a first message has no others."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    readers = [ticket.requester, *_in_copy(ticket)]
    others = [person for person in readers if person.id != message.author_id]
    stops = {each: _stopping(ticket, each, Occasion.OTHERS_WROTE) for each in others}
    wanting = {person: stopping for person, stopping in stops.items() if stopping}
    _send(message, ticket, wanting, automatic=True)
    _note(Occasion.OTHERS_WROTE, message, others)


def tell_of_solution(ticket_id: int, *, by_id: int | None) -> None:
    """Note for the requester that the ticket is solved; the mail about it asks how it went, too."""
    ticket = db.session.get_one(Ticket, ticket_id)
    if ticket.is_done:
        happening = Happening(by_id=by_id, ticket_id=ticket_id)
        note(Occasion.SOLVED, [ticket.requester_id], happening)


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
        answerable=_we(ticket).answered,
        number=ticket.number,
        by="Our team" if by.is_staff else by.email,
        url=_url(ticket, person),
    )
    _post(composed, ticket, to=person, about=f"ticket:{ticket.id}", automatic=True)


def _stopping(ticket: Ticket, person: User, occasion: Occasion) -> str | None:
    """Where they stop such mails; None when they have, or were shut out."""
    return stop_url_for(person, occasion, ticket) if _is_let_in(person) else None


def _is_let_in(person: User) -> bool:
    return person.deactivated_at is None


def _note(occasion: Occasion, message: Message, readers: Iterable[User]) -> None:
    happening = Happening(
        by_id=message.author_id, ticket_id=message.ticket_id, message_id=message.id
    )
    note(occasion, [each.id for each in readers], happening)


def _send(
    message: Message, ticket: Ticket, readers: Mapping[User, str], *, automatic: bool
) -> None:
    """One mail to each of them, with the address where they stop such mails, if they can.

    All are composed before the first is put into the outbox.
    """
    we, parcel = _we(ticket), pack(message)
    composed = [
        (person, stopping, _said(message, ticket, person, we=we, parcel=parcel, stopping=stopping))
        for person, stopping in readers.items()
    ]
    for person, stopping, mail in composed:
        main = person.id == ticket.requester_id
        _post(
            mail,
            ticket,
            to=person,
            about=about_message(message) if main and not automatic else about_copy(message),
            automatic=automatic,
            written_by=message.author.name,
            enclosures=parcel.enclosures(),
            unsubscribe_url=stopping,
        )


def _said(
    message: Message, ticket: Ticket, to: User, *, we: Identity, parcel: Parcel, stopping: str
) -> Composed:
    ours = message.direction is Direction.OUT
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
        url=_url(ticket, to, _anchor="latest"),
        stopping=stopping,
    )


def _url(ticket: Ticket, to: User, **values: str) -> str:
    """The page by a signed link; staff in copy sign in."""
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


def _in_copy(ticket: Ticket) -> Sequence[User]:
    """The people in copy who were not shut out."""
    copied = (
        select(User)
        .join(Participant, Participant.user_id == User.id)
        .where(Participant.ticket_id == ticket.id, User.deactivated_at.is_(None))
    )
    return db.session.scalars(copied.order_by(User.id)).all()


def _public_message(message_id: int) -> Message:
    """A message that may leave.  An internal note raises NoResultFound."""
    return db.session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.visibility == Visibility.PUBLIC)
        .options(joinedload(Message.author), selectinload(Message.files))
    ).one()


def _ticket(ticket_id: int) -> Ticket:
    return db.session.scalars(
        select(Ticket)
        .where(Ticket.id == ticket_id)
        .options(joinedload(Ticket.requester), joinedload(Ticket.assignee))
    ).one()


def _we(ticket: Ticket) -> Identity:
    return identity_of(mailbox_of(ticket))


def _post(composed: Composed, ticket: Ticket, *, to: User, **values: Any) -> None:
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        conversation=conversation_with(to.id, ticket),
        mailbox_id=mailbox_of(ticket),
        theirs=letters_of(to.id, ticket),
        **values,
    )
