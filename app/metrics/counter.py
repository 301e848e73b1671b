"""Metrics: the shape of every metric: it sees each ticket once and then gives its sample."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from app.metrics.period import Period
from app.metrics.sample import Sample
from app.metrics.summary import TicketSummary


class Counter(ABC):
    """Counts one metric for a period, as of an instant.

    Tickets come in any order and are not kept, so a report needs no room for the whole desk.
    """

    asides: ClassVar[tuple[str, ...]] = ()
    """The lists that its sample names beside the figure."""

    def __init__(self, *, period: Period, as_of: datetime) -> None:
        self.period, self.as_of = period, as_of
        self.sample = Sample(also=self.asides)

    @abstractmethod
    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket, leave it out by name, or pass it over."""

    def close(self) -> Sample:
        """The sample, once every ticket was seen."""
        return self.sample


def count(
    tickets: Iterable[TicketSummary],
    *,
    by: dict[str, type[Counter]],
    period: Period,
    as_of: datetime,
) -> dict[str, Sample]:
    """The samples of several metrics by id, in one pass over the tickets."""
    counters = {id: counter(period=period, as_of=as_of) for id, counter in by.items()}
    for ticket in tickets:
        for counter in counters.values():
            counter.see(ticket)
    return {id: counter.close() for id, counter in counters.items()}
