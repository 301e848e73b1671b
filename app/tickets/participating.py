"""Taking part in a ticket beside the requester: being brought in, coming by oneself, leaving."""

from sqlalchemy import delete, exists, func, select

from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition, NotFound
from app.core.uow import verb
from app.mail.own_addresses import is_own
from app.tickets.events import AuthorKind, Part, ParticipantAdded, ParticipantRemoved
from app.tickets.history import record
from app.tickets.participant import MOST, Participant
from app.tickets.ticket import Status, Ticket


@verb
def add_participant(ticket: Ticket, person: User, *, by: User) -> None:
    """Let somebody read the ticket, write on it and get its mails.

    Raises InvalidInput (field `email`) for somebody who does so already, or was shut out, for the desk
    itself, and when there are twenty; InvalidTransition on a closed ticket.
    """
    if ticket.status is Status.CLOSED:
        raise InvalidTransition("This ticket is closed: nobody can be added to it any more.")
    if person.id == ticket.requester_id:
        raise InvalidInput("This is the person who asked: they see it anyway.", field="email")
    if person.deactivated_at is not None:
        raise InvalidInput("Nobody can be added with this address.", field="email")
    if is_own(person.email):
        raise InvalidInput("This is an address of the desk itself.", field="email")
    if takes_part(person, ticket):
        raise InvalidInput(f"{person.name} is on this ticket already.", field="email")
    count = select(func.count()).where(Participant.ticket_id == ticket.id)
    if (db.session.scalar(count) or 0) >= MOST:
        raise InvalidInput(f"A ticket can have {MOST} more people, and it has.", field="email")
    put_in_copy(ticket, person, by=by)


@verb
def remove_participant(ticket: Ticket, person: User, *, by: User) -> None:
    """Let somebody see no more of it.  Raises NotFound for somebody who does not take part."""
    if not takes_part(person, ticket):
        raise NotFound("This person is not on the ticket any more.")
    theirs = Participant.ticket_id == ticket.id, Participant.user_id == person.id
    db.session.execute(delete(Participant).where(*theirs))
    removed = ParticipantRemoved(
        ticket_id=ticket.id, by_id=by.id, person_id=person.id, role=Part.CC
    )
    record(removed, actor=actor_of(by, ticket))


def put_in_copy(ticket: Ticket, person: User, *, by: User) -> None:
    """Add them and record it.  Part of a verb, which has looked that they do not take part yet."""
    db.session.add(Participant(ticket_id=ticket.id, user_id=person.id))
    db.session.flush()  # whoever hears of the fact may look for the row
    added = ParticipantAdded(ticket_id=ticket.id, by_id=by.id, person_id=person.id, role=Part.CC)
    record(added, actor=actor_of(by, ticket))


def takes_part(person: User, ticket: Ticket) -> bool:
    """Whether this person is in copy."""
    theirs = Participant.ticket_id == ticket.id, Participant.user_id == person.id
    return bool(db.session.scalar(select(exists().where(*theirs))))


def actor_of(by: User, ticket: Ticket) -> AuthorKind:
    """Who somebody is to this ticket: its requester, staff, or one of those beside the requester."""
    if by.id == ticket.requester_id:
        return AuthorKind.REQUESTER
    return AuthorKind.AGENT if by.is_staff else AuthorKind.PARTICIPANT
