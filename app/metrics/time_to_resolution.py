"""Metrics: how long tickets took until they were solved (METRICS.md 3, TTR)."""

from datetime import datetime

from app.metrics import exclusions
from app.metrics.counter import Counter
from app.metrics.period import whole_seconds
from app.metrics.sample import Sample, settled
from app.metrics.summary import TicketSummary


class FirstResolution(Counter):
    """R1 - T0 of tickets first resolved in the period (METRICS.md 3, TTR-first)."""

    asides = ("without_reply",)

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket at its first resolution."""
        resolved_at = ticket.first_resolved_at
        if resolved_at and self.period.holds(resolved_at):
            _count(self.sample, ticket, until=resolved_at)


class FullResolution(Counter):
    """RF - T0 of tickets whose last resolution lies in the period (METRICS.md 3, TTR-full).

    Provisional until settled: a reopen moves it to the next resolution.
    """

    asides = ("without_reply", "provisional")

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket at its last resolution."""
        resolved_at = ticket.resolved_at
        if not resolved_at or not self.period.holds(resolved_at):
            return
        counted = _count(self.sample, ticket, until=resolved_at)
        if counted and not settled(resolved_at, as_of=self.as_of):
            self.sample.name(ticket.ticket_id, "provisional")


def _count(sample: Sample, ticket: TicketSummary, *, until: datetime) -> bool:
    """Count the ticket if nothing excludes it, and say whether it was counted."""
    if reason := exclusions.common(ticket):
        sample.leave_out(ticket.ticket_id, reason)
        return False
    sample.count(ticket.ticket_id, whole_seconds(ticket.created_at, until))
    if not ticket.replies:
        sample.name(ticket.ticket_id, "without_reply")
    return True
