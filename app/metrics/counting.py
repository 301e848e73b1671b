"""Metrics: counting: several metrics of a period, in one pass over tickets."""

from collections.abc import Iterable, Iterator, Mapping

from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED, WAITING, Entry, Reading
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST, Metric
from app.metrics.filtering import EVERY, Where
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import whole_seconds
from app.metrics.sample import Sample


class Count:
    """The samples of metrics for a reading; tickets come in any order and are not kept."""

    def __init__(
        self, by: Reading, *, metrics: Iterable[Metric] = CATALOGUE.values(), where: Where = EVERY
    ) -> None:
        self.by, self.where, self.metrics = by, where, tuple(metrics)
        self.samples: Mapping[str, Sample] = {
            metric.id: Sample(also=metric.lists) for metric in self.metrics
        }

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket wherever it belongs."""
        for metric in self.metrics:
            sample = self.samples[metric.id]
            for entry in entries(metric, ticket, self.by):
                if self.where.admits(ticket, entry):
                    add(sample, metric, ticket.ticket_id, entry, by=self.by)


def entries(metric: Metric, ticket: TicketSummary, by: Reading) -> Iterator[Entry]:
    """The entries of a ticket that lie in the period."""
    made: Iterable[Entry] = metric.entries(ticket, by)
    for entry in made:
        if not metric.dated_by_anchor or by.period.holds(entry.at):
            yield entry


def add(sample: Sample, metric: Metric, ticket_id: int, entry: Entry, *, by: Reading) -> None:
    """Put an entry into its list, or, until it is settled, where unsettled ones go."""
    name, value = entry.list, entry.value
    if name == WAITING:
        value = whole_seconds(entry.at, by.as_of)
    if (
        name == COUNTED
        and metric.settling
        and not metric.settling.is_settled(entry.at, as_of=by.as_of)
    ):
        if metric.settling.leaves_out:
            name = Reason.UNSETTLED
        else:
            sample.add(PROVISIONAL_LIST, ticket_id, value)
    sample.add(name, ticket_id, value)
