"""Metrics: what came, what was solved, what came back and what was left, period by period."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.filtering import EVERY, Where
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import Period
from app.metrics.reports.moves import moves
from app.worktime.measuring import Calendars


@dataclass(slots=True)
class Flow:
    """One period: tickets created and first resolved in it, reopens, and the backlog at its end."""

    period: Period
    created: int = 0
    first_resolved: int = 0
    reopened: int = 0
    backlog: int = 0

    @property
    def is_still(self) -> bool:
        """Whether nothing came, was solved or came back."""
        return not (self.created or self.first_resolved or self.reopened)


class FlowCounter:
    """Counts the flow of periods that follow each other without a gap, in one pass over tickets."""

    def __init__(self, periods: Sequence[Period], *, as_of: datetime, where: Where = EVERY) -> None:
        self.flows = [Flow(period) for period in periods]
        self.where = where
        self._starts = [period.start_at for period in periods if period.start_at]
        self._end_at = periods[-1].end_at if periods else None
        self._instants = [Reading(p, as_of, Calendars({})).instant for p in periods]

    def see(self, ticket: TicketSummary) -> None:
        """Add the ticket to the periods in which something happened to it."""
        self._add_to_backlog(ticket)
        if common(ticket):
            return
        if self.where.admits_at(ticket, ticket.created_at):
            for flow in self._holding([ticket.created_at]):
                flow.created += 1
        for flow in self._holding(self._first_resolved(ticket)):
            flow.first_resolved += 1
        for flow in self._holding(at for at in ticket.reopens if self.where.admits_at(ticket, at)):
            flow.reopened += 1

    def _first_resolved(self, ticket: TicketSummary) -> Iterator[datetime]:
        """R1, if it was asked for: it is credited to who replied last."""
        at = ticket.first_resolved_at
        if at and self.where.admits(ticket, Entry(COUNTED, at, 1, ticket.credited(until=at))):
            yield at

    def _holding(self, instants: Iterable[datetime]) -> Iterator[Flow]:
        """The flow of the period that each instant lies in, if it lies in one."""
        for instant in instants:
            index = bisect_right(self._starts, instant) - 1
            if index >= 0 and self._end_at and instant < self._end_at:
                yield self.flows[index]

    def _add_to_backlog(self, ticket: TicketSummary) -> None:
        for at, move in moves(ticket, where=self.where):
            for flow in self.flows[bisect_right(self._instants, at) :]:
                flow.backlog += move.change
