"""Giving a ticket to somebody."""

from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core import clock
from app.core.errors import InvalidInput
from app.core.uow import verb
from app.tickets.events import Assigned, AuthorKind, Method, Unassigned
from app.tickets.history import record
from app.tickets.ticket import Ticket


@verb
def assign(ticket: Ticket, *, to: User, by: User) -> None:
    """Make somebody responsible.  Raises InvalidInput (field `assignee`) for one who is no agent."""
    if not (to.may(Permission.TICKETS_REPLY) and to.is_active):
        raise InvalidInput(f"{to.name} does not answer tickets here.", field="assignee")
    if to.id == ticket.assignee_id:
        return
    before, ticket.assignee_id, ticket.updated_at = ticket.assignee_id, to.id, clock.now()
    given = Assigned(
        ticket_id=ticket.id, by_id=by.id, from_id=before, to_id=to.id, method=Method.MANUAL
    )
    record(given, actor=AuthorKind.AGENT)


@verb
def unassign(ticket: Ticket, *, by: User) -> None:
    """Put the ticket back where anybody may take it."""
    if ticket.assignee_id is None:
        return
    before, ticket.assignee_id, ticket.updated_at = ticket.assignee_id, None, clock.now()
    record(Unassigned(ticket_id=ticket.id, by_id=by.id, from_id=before), actor=AuthorKind.AGENT)
