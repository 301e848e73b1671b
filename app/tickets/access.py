"""Who may see and do what with a ticket: the one table, asked by pages, search, files and mail."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, and_, bindparam, false, select, true
from sqlalchemy.orm import joinedload, undefer

from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.core import tokens
from app.core.db import db
from app.core.errors import NotAllowed, NotFound
from app.tickets.message import Message, Visibility
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


def _owns(user: Person, ticket: Ticket) -> bool:
    return user.id is not None and user.id == ticket.requester_id


RULES: dict[Act, Callable[[Person, Ticket], bool]] = {
    Act.SEE: lambda user, ticket: user.may(Permission.TICKETS_READ) or _owns(user, ticket),
    Act.REPLY: lambda user, ticket: user.may(Permission.TICKETS_REPLY) or _owns(user, ticket),
    Act.SEE_NOTES: lambda user, ticket: user.may(Permission.TICKETS_READ),
    Act.NOTE: lambda user, ticket: user.may(Permission.TICKETS_NOTE),
    Act.TRIAGE: lambda user, ticket: user.may(Permission.TICKETS_TRIAGE),
    Act.RESOLVE: lambda user, ticket: user.may(Permission.TICKETS_RESOLVE),
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
    """The condition that leaves only tickets which this person may see."""
    if user.may(Permission.TICKETS_READ):
        return true()
    return Ticket.requester_id == user.id if user.id is not None else false()


def visible_messages(user: Person) -> ColumnElement[bool]:
    """The condition that leaves only messages which this person may read, on a ticket they may see."""
    if user.may(Permission.TICKETS_READ):
        return true()
    return and_(Message.visibility == Visibility.PUBLIC, Message.held_until.is_(None))


def ticket_or_404(number: int, user: Person) -> Ticket:
    """The ticket with requester and assignee.  Raises NotFound if it is not to be seen."""
    ticket = db.session.scalar(_TICKET.where(visible(user)), {"number": number})
    if ticket is None:
        raise NotFound("There is no such ticket here, or it belongs to somebody else.")
    return ticket


def ticket_for(act: Act, number: int, *, user: Person) -> Ticket:
    """The ticket, to do this to it.  Raises NotFound, or NotAllowed if it may only be seen."""
    ticket = ticket_or_404(number, user)
    if not RULES[act](user, ticket):
        raise NotAllowed("Your account may read this ticket, but not change it.")
    return ticket


def follow_token(ticket: Ticket) -> str:
    """What the signed link holds by which the requester follows the ticket without an account."""
    return tokens.sign("follow", {"ticket": ticket.id, "person": ticket.requester_id})


def followed_ticket(token: str) -> tuple[Ticket, User]:
    """The ticket of a signed link, and the requester whom its holder stands for.

    Raises BadToken; NotFound when the ticket has another requester by now, or that one was shut out.
    """
    held = tokens.read("follow", token, max_age_s=LINK_LASTS_S)
    ticket = db.session.scalar(
        select(Ticket)
        .where(Ticket.id == held["ticket"], Ticket.requester_id == held["person"])
        .options(joinedload(Ticket.requester))
    )
    if ticket is None or ticket.requester.deactivated_at is not None:
        raise NotFound("There is no such ticket here any more.")
    return ticket, ticket.requester
