"""What requesters are told: that we have it, and what we answer."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.user import User
from app.core.db import db
from app.core.excerpts import excerpt
from app.mail.composing import Composed, compose
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion
from app.notifications.unsubscribing import stop_url_for
from app.tickets.correspondence import about_message, conversation_with, desk_url, follow_url
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
        number=ticket.number,
        url=follow_url(ticket),
        stopping=stopping,
    )
    about = f"ticket:{ticket.id}"
    _post(composed, ticket, to=ticket.requester, about=about, automatic=True, stopping=stopping)


def send_reply(message_id: int) -> None:
    """Send a public reply, in the thread of the ticket.  This is what they wrote for: nobody can stop it."""
    message = _message(message_id)
    ticket = _ticket(message.ticket_id)
    others = _in_copy(ticket)
    if ticket.requester.deactivated_at:
        note_bounce(message, mail_id=None, code="", reason=SHUT_OUT)
    for person in (ticket.requester, *others):
        if person.deactivated_at is None:
            main = person is ticket.requester
            about = about_message(message) if main else f"ticket:{ticket.id}"
            composed = _said(message, ticket, person)
            _post(composed, ticket, to=person, about=about, automatic=False)
    _note(Occasion.ANSWERED, message, (ticket.requester, *others))


def tell_the_others(message_id: int) -> None:
    """Send what one of the customer's side wrote to the others of it; a first message has no others."""
    message = _message(message_id)
    ticket = _ticket(message.ticket_id)
    side = [each for each in (ticket.requester, *_in_copy(ticket)) if each.id != message.author_id]
    for person in side:
        if stopping := _stopping(ticket, person, Occasion.OTHERS_WROTE):
            composed = _said(message, ticket, person, stopping=stopping)
            about = f"ticket:{ticket.id}"
            _post(composed, ticket, to=person, about=about, automatic=True, stopping=stopping)
    _note(Occasion.OTHERS_WROTE, message, side)


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
        number=ticket.number,
        by="Our team" if by.is_staff else by.email,
        url=_url(ticket, person),
    )
    _post(composed, ticket, to=person, about=f"ticket:{ticket.id}", automatic=True)


def _stopping(ticket: Ticket, person: User, occasion: Occasion) -> str | None:
    """Where they stop such mails; None when they have, or were shut out."""
    return None if person.deactivated_at else stop_url_for(person, occasion, ticket)


def _note(occasion: Occasion, message: Message, people: Iterable[User]) -> None:
    happening = Happening(
        by_id=message.author_id, ticket_id=message.ticket_id, message_id=message.id
    )
    note(occasion, [each.id for each in people], happening)


def _said(message: Message, ticket: Ticket, to: User, *, stopping: str = "") -> Composed:
    return compose(
        "notifications/mail/reply.md",
        number=ticket.number,
        subject=ticket.subject,
        author=message.author.name,
        ours=message.direction is Direction.OUT,
        asked=to.id == ticket.requester_id,
        text=message.text,
        news=excerpt(message.text, length=PREHEADER_LENGTH),
        files=[file.name for file in message.files],
        url=_url(ticket, to, _anchor="latest"),
        stopping=stopping,
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


def _ticket(ticket_id: int) -> Ticket:
    return db.session.scalars(
        select(Ticket).where(Ticket.id == ticket_id).options(joinedload(Ticket.requester))
    ).one()


def _message(message_id: int) -> Message:
    return db.session.scalars(
        select(Message)
        .where(Message.id == message_id, Message.visibility == Visibility.PUBLIC)
        .options(joinedload(Message.author), selectinload(Message.files))
    ).one()


def _post(
    composed: Composed,
    ticket: Ticket,
    *,
    to: User,
    about: str,
    automatic: bool,
    stopping: str = "",
) -> None:
    queue(
        composed,
        to=to.email,
        kind=Kind.TICKET,
        automatic=automatic,
        about=about,
        conversation=conversation_with(to.id, ticket),
        unsubscribe_url=stopping,
    )
