"""Metrics: what a definition makes of a ticket: entries, each at the instant that puts it into a period."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from app.metrics.histories.summary import TicketSummary
from app.metrics.period import Period
from app.worktime.measuring import Calendars

COUNTED = "counted"
WAITING = "waiting"


class Entry(NamedTuple):
    """A case of a metric (`list` is COUNTED), or one that stands in a list beside it.

    `at` is the anchor of METRICS.md 3: it decides the period, and what was said about the ticket
    then decides the filters.  `value` is seconds, a count, a rating, or 1 and 0.  `agent_id` is whom
    the case is credited to.
    """

    list: str
    at: datetime
    value: int
    agent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What figures are read by: a period, what was known when, and the calendars."""

    period: Period
    as_of: datetime
    calendars: Calendars

    @property
    def instant(self) -> datetime:
        """The instant before which everything counts as happened at the end of the period.

        At the end of a period the events before it have happened, those at that very instant not
        (periods are half-open).  Without an end, or when it lies ahead, the instant is `as_of`, and
        what happened at `as_of` has happened.
        """
        if self.period.end_at and self.period.end_at <= self.as_of:
            return self.period.end_at
        return self.as_of + timedelta.resolution


Definition = Callable[[TicketSummary, Reading], Iterable[Entry]]
"""The entries of one ticket.  But for figures of an instant they do not depend on the period."""
