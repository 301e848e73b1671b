"""The night shift of surveys."""

from app.core.jobs import job
from app.surveys import inviting


@job()
def tell_solved(ticket_id: int) -> None:
    """Write to the requester that the ticket is solved, and ask how it went."""
    inviting.tell_solved(ticket_id)
