"""Metrics: what we do when something happened to a ticket: note that its figures must be redone."""

from app.core import clock
from app.core.settings import settings
from app.metrics import jobs
from app.tickets.events import HistoryImported, TicketFact
from app.worktime.events import CalendarChanged


def refresh(fact: TicketFact) -> None:
    """Have the ticket summarised anew."""
    jobs.refresh_ticket.later(ticket_id=fact.ticket_id)


def refresh_all(_imported: HistoryImported) -> None:
    """Have every ticket summarised whose history has grown."""
    jobs.refresh_all.later()


def measure_again(_changed: CalendarChanged) -> None:
    """Have measured what happened today: a version may count from today on, and from no earlier day."""
    jobs.measure_again.later(since_on=clock.today(settings().zone).isoformat())
