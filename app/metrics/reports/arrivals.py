"""Metrics: when tickets come: by weekday and hour of the reporting zone."""

from datetime import tzinfo

from app.metrics.definitions.entry import Reading
from app.metrics.definitions.exclusions import common
from app.metrics.filtering import EVERY, Where
from app.metrics.histories.summary import TicketSummary


class Arrivals:
    """Counts the tickets that were created in the period; `hours` is seven days, Monday first, of 24."""

    def __init__(self, by: Reading, *, zone: tzinfo, where: Where = EVERY) -> None:
        self.period, self.zone, self.where = by.period, zone, where
        self.hours = [[0] * 24 for _ in range(7)]

    def see(self, ticket: TicketSummary) -> None:
        """Add the ticket, unless one of the common reasons leaves it out."""
        at = ticket.created_at
        if self.period.holds(at) and not common(ticket) and self.where.admits_at(ticket, at):
            local = at.astimezone(self.zone)
            self.hours[local.weekday()][local.hour] += 1
