"""Metrics: the same figures for each team, agent or other group; made of tickets, never of figures."""

from collections.abc import Iterable
from typing import Any

from app.metrics.counting import add, entries
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, PERSONAL, Key, Value, Where, values_of
from app.metrics.histories.summary import TicketSummary
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.reports.hiding import guarded
from app.metrics.sample import Sample


class Groups:
    """Counts metrics for each value of a key.  A ticket with several tags counts with each."""

    def __init__(
        self,
        by: Reading,
        key: Key,
        *,
        metrics: Iterable[Metric] = CATALOGUE.values(),
        where: Where = EVERY,
    ) -> None:
        self.by, self.key, self.where, self.metrics = by, key, where, tuple(metrics)
        self.samples: dict[Value, dict[str, Sample]] = {}

    def see(self, ticket: TicketSummary) -> None:
        """Count the ticket in its groups."""
        for metric in self.metrics:
            for entry in entries(metric, ticket, self.by):
                if not self.where.admits(ticket, entry):
                    continue
                for value in values_of(self.key, ticket.fields_at(entry.at), entry.agent_id):
                    add(self._sample(value, metric), metric, ticket.ticket_id, entry, by=self.by)

    def plain(self) -> list[dict[str, Any]]:
        """A row for each group, ordered by its value; nothing said comes last."""
        ordered = sorted(self.samples, key=lambda v: (v is None, isinstance(v, str), v or 0, ""))
        is_personal = self.key in PERSONAL or self.where.names_people
        said = discreet if is_personal else figures
        made = {
            value: {id: said(CATALOGUE[id], sample) for id, sample in self.samples[value].items()}
            for value in ordered
        }
        told = guarded(made, by=self.key) if is_personal else made
        return [{"value": value, "metrics": told[value]} for value in ordered]

    def _sample(self, value: Value, metric: Metric) -> Sample:
        of_group = self.samples.setdefault(value, {})
        if metric.id not in of_group:
            of_group[metric.id] = Sample(also=metric.lists)
        return of_group[metric.id]
