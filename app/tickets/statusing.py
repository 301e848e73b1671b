"""Moving a ticket from one status to another."""

from app.accounts.user import User
from app.core import clock
from app.core.uow import verb
from app.tickets.events import AuthorKind, Cause, StatusChanged, Waking
from app.tickets.history import record
from app.tickets.snoozing import wake
from app.tickets.ticket import Status, Ticket


@verb
def change_status(ticket: Ticket, *, to: Status, by: User) -> None:
    """Move the ticket by a decision of staff.  Raises InvalidTransition when there is no such way."""
    if to is not ticket.status:
        move(ticket, to, by=by, actor=AuthorKind.AGENT, cause=Cause.AGENT)


def move(ticket: Ticket, to: Status, *, by: User | None, actor: AuthorKind, cause: Cause) -> None:
    """Enter the status and record it.  Part of a verb.  Raises InvalidTransition."""
    before, now = ticket.status, clock.now()
    ticket.enter(to, at=now)
    if ticket.is_done:
        wake(ticket, why=Waking.AGENT, by=by)
    ticket.updated_at = now
    changed = StatusChanged(
        ticket_id=ticket.id,
        by_id=by.id if by else None,
        from_category=before,
        to_category=to,
        cause=cause,
    )
    record(changed, actor=actor)
