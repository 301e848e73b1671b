"""Metrics: how long a customer waited for a first answer (METRICS.md 3, FRT)."""

from app.metrics import exclusions
from app.metrics.counter import Counter
from app.metrics.exclusions import Reason
from app.metrics.period import whole_seconds
from app.metrics.summarising import DONE
from app.metrics.summary import TicketSummary


class FirstResponse(Counter):
    """H1 - T0 of customer-initiated tickets created in the period (METRICS.md 3, FRT).

    Tickets without an answer are named, not forgotten: `waiting` while they are not Done, else
    excluded as closed unanswered.
    """

    asides = ("waiting",)

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket at its creation."""
        if not self.period.holds(ticket.created_at):
            return
        if reason := exclusions.not_from_a_customer(ticket):
            self.sample.leave_out(ticket.ticket_id, reason)
        elif ticket.first_reply_at:
            seconds = whole_seconds(ticket.created_at, ticket.first_reply_at)
            self.sample.count(ticket.ticket_id, seconds)
        elif ticket.category in DONE:
            self.sample.leave_out(ticket.ticket_id, Reason.CLOSED_UNANSWERED)
        else:
            self.sample.name(ticket.ticket_id, "waiting")
