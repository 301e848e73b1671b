"""Metrics: what came, what was solved, what came back and what was left, period by period."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.metrics import exclusions
from app.metrics.backlog import instant_of
from app.metrics.period import Period
from app.metrics.summary import TicketSummary


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

    def __init__(self, periods: Sequence[Period], *, as_of: datetime) -> None:
        self.flows = [Flow(period) for period in periods]
        self._starts = [period.start_at for period in periods if period.start_at]
        self._end_at = periods[-1].end_at if periods else None
        self._instants = [instant_of(period, as_of=as_of) for period in periods]

    def seeing(self, tickets: Iterable[TicketSummary]) -> Iterator[TicketSummary]:
        """The same tickets, each seen on its way: for a pass that counts other figures as well."""
        for ticket in tickets:
            self.see(ticket)
            yield ticket

    def see(self, ticket: TicketSummary) -> None:
        """Add the ticket to the periods in which something happened to it."""
        self._add_to_backlog(ticket)
        if exclusions.common(ticket):
            return
        for flow in self._holding([ticket.created_at]):
            flow.created += 1
        for flow in self._holding([each.at for each in ticket.resolutions[:1]]):
            flow.first_resolved += 1
        for flow in self._holding(ticket.reopens):
            flow.reopened += 1

    def _holding(self, instants: Iterable[datetime]) -> Iterator[Flow]:
        """The flow of the period that each instant lies in, if it lies in one."""
        for instant in instants:
            index = bisect_right(self._starts, instant) - 1
            if index >= 0 and self._end_at and instant < self._end_at:
                yield self.flows[index]

    def _add_to_backlog(self, ticket: TicketSummary) -> None:
        for spell in ticket.spells:
            if spell.hidden:
                continue
            first = bisect_right(self._instants, spell.start_at)
            last = bisect_right(self._instants, spell.end_at) if spell.end_at else len(self.flows)
            for flow in self.flows[first:last]:
                flow.backlog += 1
