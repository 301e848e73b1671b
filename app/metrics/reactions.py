"""Metrics: what we do when something happened to a ticket: note that its figures must be redone."""

from app.metrics import jobs
from app.tickets.events import HistoryImported, TicketFact


def refresh(fact: TicketFact) -> None:
    """Have the ticket summarised anew."""
    jobs.refresh_ticket.later(ticket_id=fact.ticket_id)


def refresh_all(_imported: HistoryImported) -> None:
    """Have every ticket summarised whose history has grown."""
    jobs.refresh_all.later()
