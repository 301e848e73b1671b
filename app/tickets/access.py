"""Who may see and do what with a ticket: the one table, asked by pages, search, files and mail."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, and_, bindparam, false, or_, select, true
from sqlalchemy.orm import joinedload, undefer

from app.accounts.organisation import Organisation
from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.core import tokens
from app.core.db import db
from app.core.errors import NotAllowed, NotFound
from app.tickets.message import Message, Visibility
from app.tickets.participant import Participant
from app.tickets.ticket import Ticket

LINK_LASTS_S = 180 * tokens.DAY_S


class Act(StrEnum):
    """What can be done to a ticket."""

    SEE = "see"
    REPLY = "reply"
    SEE_NOTES = "see notes"
    NOTE = "note"
    TRIAGE = "triage"
    RESOLVE = "resolve"
    SETTLE = "settle"
    ADD_PEOPLE = "add people"


def _owns(user: Person, ticket: Ticket) -> bool:
    return user.id is not None and user.id == ticket.requester_id


def _is_of_their_side(user: Person, ticket: Ticket) -> bool:
    """Whether somebody without a right to all tickets may see this one."""
    if _owns(user, ticket):
        return True
    seen = select(Ticket.id).where(Ticket.id == ticket.id, visible(user))
    return db.session.scalar(seen) is not None


RULES: dict[Act, Callable[[Person, Ticket], bool]] = {
    Act.SEE: lambda user, ticket: (
        user.may(Permission.TICKETS_READ) or _is_of_their_side(user, ticket)
    ),
    Act.REPLY: lambda user, ticket: (
        user.may(Permission.TICKETS_REPLY) or _is_of_their_side(user, ticket)
    ),
    Act.SEE_NOTES: lambda user, ticket: user.may(Permission.TICKETS_READ),
    Act.NOTE: lambda user, ticket: user.may(Permission.TICKETS_NOTE),
    Act.TRIAGE: lambda user, ticket: user.may(Permission.TICKETS_TRIAGE),
    Act.RESOLVE: lambda user, ticket: user.may(Permission.TICKETS_RESOLVE),
    Act.SETTLE: _owns,
    Act.ADD_PEOPLE: lambda user, ticket: user.may(Permission.TICKETS_TRIAGE) or _owns(user, ticket),
}


_TICKET = (
    select(Ticket)
    .where(Ticket.id == bindparam("number", type_=Integer))
    .options(
        joinedload(Ticket.requester).load_only(User.name, User.email),
        joinedload(Ticket.assignee).load_only(User.name, User.email),
        undefer(Ticket.tag_line),
    )
)


def visible(user: Person) -> ColumnElement[bool]:
    """The condition that leaves only tickets which this person may see.

    Staff see all; others what they asked, what they take part in, and what people of their organisation
    asked, if those read each other's tickets.
    """
    if user.may(Permission.TICKETS_READ):
        return true()
    if user.id is None:
        return false()
    return of_their_side(user.id, user.organisation_id)


def of_their_side(
    user_id: ColumnElement[int] | int, organisation_id: ColumnElement[int] | int | None
) -> ColumnElement[bool]:
    """The condition that leaves only tickets which somebody may see who does not work here."""
    return or_(
        Ticket.requester_id == user_id,
        taking_part(user_id),
        *([of_organisation(organisation_id)] if organisation_id is not None else ()),
    )


def taking_part(user_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """The condition that leaves only tickets on which somebody is in copy."""
    return Ticket.id.in_(select(Participant.ticket_id).where(Participant.user_id == user_id))


def of_organisation(organisation_id: ColumnElement[int] | int) -> ColumnElement[bool]:
    """The condition that leaves only what people of an organisation asked who read each other's tickets."""
    members = (
        select(User.id)
        .join(Organisation, Organisation.id == User.organisation_id)
        .where(User.organisation_id == organisation_id, Organisation.open)
    )
    return Ticket.requester_id.in_(members)


def visible_messages(user: Person) -> ColumnElement[bool]:
    """The condition that leaves only messages which this person may read, on a ticket they may see."""
    if user.may(Permission.TICKETS_READ):
        return true()
    return and_(Message.visibility == Visibility.PUBLIC, Message.held_until.is_(None))


def ticket_or_404(number: int, user: Person) -> Ticket:
    """The ticket with requester and assignee.  Raises NotFound if it is not to be seen."""
    seen = _TICKET if user.may(Permission.TICKETS_READ) else _TICKET.where(visible(user))
    ticket = db.session.scalar(seen, {"number": number})
    if ticket is None:
        raise NotFound("There is no such ticket here, or it belongs to somebody else.")
    return ticket


def ticket_for(act: Act, number: int, *, user: Person) -> Ticket:
    """The ticket, to do this to it.  Raises NotFound, or NotAllowed if it may only be seen."""
    ticket = ticket_or_404(number, user)
    if not RULES[act](user, ticket):
        raise NotAllowed("Your account may read this ticket, but not change it.")
    return ticket


def follow_token(ticket: Ticket, person_id: int | None = None) -> str:
    """What the signed link holds by which somebody follows the ticket without an account.

    It is the requester's, unless it is given to somebody in copy.
    """
    return tokens.sign("follow", {"ticket": ticket.id, "person": person_id or ticket.requester_id})


def followed_ticket(token: str) -> tuple[Ticket, User]:
    """The ticket of a signed link, and the person whom its holder stands for.

    Raises BadToken; NotFound when that person neither asked nor is in copy any more, or was shut out.
    """
    held = tokens.read("follow", token, max_age_s=LINK_LASTS_S)
    person = db.session.get(User, held["person"])
    ticket = db.session.scalar(
        select(Ticket)
        .where(
            Ticket.id == held["ticket"],
            or_(Ticket.requester_id == held["person"], taking_part(held["person"])),
        )
        .options(joinedload(Ticket.requester))
    )
    if ticket is None or person is None or person.deactivated_at is not None:
        raise NotFound("There is no such ticket here any more.")
    if person.is_staff and person.id != ticket.requester_id:  # they sign in to answer for the desk
        raise NotFound("There is no such ticket here any more.")
    return ticket, person
