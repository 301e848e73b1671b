"""Metrics: how much work lies on the desk at an instant (METRICS.md 3, Backlog)."""

from datetime import datetime, timedelta

from app.metrics.counter import Counter
from app.metrics.exclusions import Reason
from app.metrics.period import Period, whole_seconds
from app.metrics.summary import TicketSummary


class Backlog(Counter):
    """The tickets that are not Done at the end of the period, each with its age in seconds.

    At the end of a period the events before it have happened, those at that very instant not
    (periods are half-open).  Without an end, or when it lies ahead, the instant is `as_of`, and
    what happened at `as_of` has happened.
    """

    def __init__(self, *, period: Period, as_of: datetime) -> None:
        super().__init__(period=period, as_of=as_of)
        self.instant = instant_of(period, as_of=as_of)

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket if the instant lies in one of its spells."""
        spell = next((spell for spell in ticket.spells if spell.covers(self.instant)), None)
        if spell is None:
            return
        if spell.hidden:
            self.sample.leave_out(ticket.ticket_id, Reason(spell.hidden))
        else:
            until = min(self.instant, self.as_of)
            self.sample.count(ticket.ticket_id, whole_seconds(ticket.created_at, until))


def instant_of(period: Period, *, as_of: datetime) -> datetime:
    """The instant before which everything counts as happened at the end of a period."""
    if period.end_at and period.end_at <= as_of:
        return period.end_at
    return as_of + timedelta.resolution
