"""What surveys do about facts from below: write to the requester once staff resolved the ticket."""

from app.surveys import jobs
from app.tickets.events import Cause, StatusChanged
from app.tickets.ticket import DONE


def on_status_changed(fact: StatusChanged) -> None:
    """Solved by somebody, not closed by time."""
    solved = fact.to_category in DONE and fact.from_category not in DONE
    if solved and fact.cause is Cause.AGENT:
        jobs.tell_solved.later(ticket_id=fact.ticket_id)
