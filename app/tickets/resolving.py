"""Solving a ticket, opening it again, closing it for good."""

from sqlalchemy import select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.tickets.events import AuthorKind, Cause
from app.tickets.replying import SETTLE, can_continue
from app.tickets.statusing import change_status, move
from app.tickets.ticket import Channel, Status, Ticket

AT_ONCE = 200


@verb
def resolve(ticket: Ticket, *, by: User) -> None:
    """Mark solved.  Raises InvalidTransition if it is solved or closed already."""
    move(ticket, Status.RESOLVED, by=by, actor=AuthorKind.AGENT, cause=Cause.AGENT)


@verb
def reopen(ticket: Ticket, *, by: User) -> None:
    """Take up a solved ticket again.  Raises InvalidTransition if it is closed."""
    change_status(ticket, to=Status.OPEN, by=by)


@verb
def end(ticket: Ticket, *, by: User) -> None:
    """Mark solved as the one who asked.  Raises InvalidTransition if it is solved or closed already."""
    move(ticket, Status.RESOLVED, by=by, actor=AuthorKind.REQUESTER, cause=Cause.CUSTOMER)


@verb
def continue_with(ticket: Ticket, *, by: User) -> None:
    """Take up a solved ticket again as the one who asked.

    Raises InvalidTransition if it is closed, or was solved more than seven days ago, or is open.
    """
    if not ticket.is_done:
        raise InvalidTransition("This ticket is not solved: there is nothing to open again.")
    if not can_continue(ticket):
        raise InvalidTransition(
            "This ticket is closed and cannot become open. Open a new one and mention its number."
        )
    move(ticket, Status.OPEN, by=by, actor=AuthorKind.REQUESTER, cause=Cause.CUSTOMER)


@verb
def close_settled() -> int:
    """Close tickets that were solved seven days ago and not opened since; gives how many.

    At most 200 at a time.  Imported tickets never close by themselves.
    """
    limit = clock.now() - SETTLE
    settled = select(Ticket).where(
        Ticket.status == Status.RESOLVED,
        Ticket.resolved_at < limit,
        Ticket.channel != Channel.IMPORT,
    )
    settled = settled.order_by(Ticket.resolved_at).limit(AT_ONCE).with_for_update()
    tickets = db.session.scalars(settled).all()
    for ticket in tickets:
        move(ticket, Status.CLOSED, by=None, actor=AuthorKind.SYSTEM, cause=Cause.TIMER)
    return len(tickets)
