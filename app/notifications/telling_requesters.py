"""What requesters are told: that we have it, and what we answer."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.user import User
from app.core.db import db
from app.mail.composing import compose
from app.notifications.mailing_messages import post, send, url_for_reader, we_of
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion
from app.notifications.unsubscribing import stop_url_for
from app.tickets.correspondence import follow_url
from app.tickets.delivering import note_bounce
from app.tickets.message import Message, Visibility
from app.tickets.participant import Participant
from app.tickets.ticket import Ticket

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
        answerable=we_of(ticket).answered,
        number=ticket.number,
        url=follow_url(ticket),
        stopping=stopping,
    )
    about = f"ticket:{ticket.id}"
    post(
        composed, ticket, to=ticket.requester, about=about, automatic=True, unsubscribe_url=stopping
    )


def send_reply(message_id: int) -> None:
    """Send a public reply, in the thread of the ticket.  This is what they wrote for: nobody can stop it."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    readers = [ticket.requester, *_in_copy(ticket)]
    if ticket.requester.deactivated_at:
        note_bounce(message, mail_id=None, code="", reason=SHUT_OUT)
    send(message, ticket, [each for each in readers if each.deactivated_at is None])
    _note(Occasion.ANSWERED, message, readers)


def send_reply_again(message_id: int) -> None:
    """Send the requester alone a reply that did not arrive; the others have it."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    send(message, ticket, [ticket.requester])


def tell_the_others(message_id: int) -> None:
    """Send what one of the customer's side wrote to the others of it; a first message has no others."""
    message = _public_message(message_id)
    ticket = _ticket(message.ticket_id)
    side = [each for each in (ticket.requester, *_in_copy(ticket)) if each.id != message.author_id]
    stops = {each.id: _stopping(ticket, each, Occasion.OTHERS_WROTE) for each in side}
    wanting = {key: stopping for key, stopping in stops.items() if stopping}
    send(message, ticket, [each for each in side if each.id in wanting], stops=wanting)
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
        answerable=we_of(ticket).answered,
        number=ticket.number,
        by="Our team" if by.is_staff else by.email,
        url=url_for_reader(ticket, person),
    )
    post(composed, ticket, to=person, about=f"ticket:{ticket.id}", automatic=True)


def _stopping(ticket: Ticket, person: User, occasion: Occasion) -> str | None:
    """Where they stop such mails; None when they have, or were shut out."""
    return None if person.deactivated_at else stop_url_for(person, occasion, ticket)


def _note(occasion: Occasion, message: Message, people: Iterable[User]) -> None:
    happening = Happening(
        by_id=message.author_id, ticket_id=message.ticket_id, message_id=message.id
    )
    note(occasion, [each.id for each in people], happening)


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
