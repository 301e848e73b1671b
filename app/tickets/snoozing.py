"""Putting a ticket aside until a time or until the customer writes, and taking it up again."""

from datetime import datetime, timedelta

from app.accounts.user import User
from app.core import clock
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import verb
from app.tickets.events import AuthorKind, Snoozed, Unsnoozed, Waking
from app.tickets.history import record
from app.tickets.ticket import Ticket

LONGEST = timedelta(days=366)


@verb
def snooze(ticket: Ticket, *, until: datetime | None, by: User) -> None:
    """Put it out of the views of work to do until then; without a time, until the customer writes.

    A customer who writes earlier wakes it in any case.  Raises InvalidTransition for a ticket that is
    done, and InvalidInput (field `until`) for the past and for more than a year ahead.
    """
    if ticket.is_done:
        raise InvalidTransition("This ticket is done: there is nothing to put aside.")
    now = clock.now()
    if until is not None and not now < until <= now + LONGEST:
        raise InvalidInput("Choose a time within the next year.", field="until")
    ticket.snoozed_at, ticket.snoozed_until = now, until
    put = Snoozed(
        ticket_id=ticket.id,
        by_id=by.id,
        until=until.isoformat() if until else "",
        wake_on_reply=True,
    )
    record(put, actor=AuthorKind.AGENT)


@verb
def unsnooze(ticket: Ticket, *, by: User) -> None:
    """Take it up again now.  A ticket that is not snoozed is left alone."""
    wake(ticket, why=Waking.AGENT, by=by)


@verb
def wake_when_due(ticket: Ticket) -> None:
    """Bring it back if its time has come; another time may have been chosen meanwhile."""
    if ticket.snoozed_until and ticket.snoozed_until <= clock.now():
        wake(ticket, why=Waking.TIMER, by=None)


def wake(ticket: Ticket, *, why: Waking, by: User | None) -> None:
    """Bring it back to the views of work to do, on top.  Part of a verb."""
    if ticket.snoozed_at is None:
        return
    ticket.snoozed_at = ticket.snoozed_until = None
    ticket.updated_at = clock.now()
    woken = Unsnoozed(ticket_id=ticket.id, by_id=by.id if by else None, why=why)
    record(woken, actor=AuthorKind.AGENT if by else AuthorKind.SYSTEM)
