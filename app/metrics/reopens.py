"""Metrics: resolutions that did not hold (METRICS.md 3, Reopen rate)."""

from app.metrics import exclusions
from app.metrics.counter import Counter
from app.metrics.exclusions import Reason
from app.metrics.sample import SETTLES_AFTER, settled
from app.metrics.summary import Resolution, TicketSummary


class ReopenRate(Counter):
    """Settled resolution instances of the period that were reopened within W.

    Cases and exclusions are instances: a ticket stands there once for each of its resolutions.
    """

    def see(self, ticket: TicketSummary) -> None:
        """Count every resolution of the ticket."""
        for resolution in ticket.resolutions:
            if self.period.holds(resolution.at):
                self._see_resolution(ticket, resolution)

    def _see_resolution(self, ticket: TicketSummary, resolution: Resolution) -> None:
        if reason := exclusions.common(ticket):
            self.sample.leave_out(ticket.ticket_id, reason)
        elif not settled(resolution.at, as_of=self.as_of):
            self.sample.leave_out(ticket.ticket_id, Reason.UNSETTLED)
        else:
            self.sample.count(ticket.ticket_id, int(_did_not_hold(resolution)))


def _did_not_hold(resolution: Resolution) -> bool:
    reopened_at = resolution.reopened_at
    return reopened_at is not None and reopened_at <= resolution.at + SETTLES_AFTER
