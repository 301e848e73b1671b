"""Metrics: the report for machines, in plain values."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Protocol

from app.metrics.counting import Count
from app.metrics.definitions.catalogue import CATALOGUE, NOT_MEASURED, VERSION
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, PERSONAL, Key, Value, Where
from app.metrics.histories.summary import TicketSummary
from app.metrics.reports.arrivals import Arrivals
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.reports.groups import Groups
from app.metrics.reports.moves import Identity
from app.metrics.sample import Sample
from app.worktime.measuring import DEFAULT, Calendars


class Seeing(Protocol):
    """Whatever counts tickets one by one."""

    def see(self, ticket: TicketSummary) -> None:
        """Count a ticket."""


def report(
    tickets: Iterable[TicketSummary],
    *,
    by: Reading,
    zone: tzinfo = UTC,
    where: Where = EVERY,
    group_by: Key | None = None,
    beside: Iterable[Seeing] = (),
) -> dict[str, Any]:
    """Every metric of the catalogue for a reading, in one pass over the tickets.

    The same events and the same `as_of` give the same report.  `beside` counts along.
    """
    count, identity = Count(by, where=where), Identity(by, where=where)
    arrivals = Arrivals(by, zone=zone, where=where)
    groups = Groups(by, group_by, where=where) if group_by else None
    is_personal = where.names_people or group_by in PERSONAL
    counters: list[Seeing] = [count, identity, arrivals, *beside, *([groups] if groups else [])]
    for ticket in tickets:
        for counter in counters:
            counter.see(ticket)
    made = {
        "as_of": text_of(by.as_of),
        "from": text_of(by.period.start_at),
        "to": text_of(by.period.end_at),
        "zone": str(zone),
        "version": VERSION,
        "filters": filters_of(where),
        "calendars": versions_of(by.calendars),
        "metrics": figures_by_id(count.samples, made=discreet if is_personal else figures),
        "not_measured": NOT_MEASURED,
        "backlog_identity": identity.plain(),
        "arrivals": arrivals.hours,
    }
    if groups and group_by:
        made["groups"] = {"by": group_by.value, "rows": groups.plain()}
    return made


def figures_by_id(
    samples: Mapping[str, Sample], *, made: Callable[[Metric, Sample], dict[str, Any]] = figures
) -> dict[str, dict[str, Any]]:
    """The figures of each sample, made in this way."""
    return {id: made(CATALOGUE[id], sample) for id, sample in samples.items()}


def text_of(instant: datetime | None) -> str | None:
    """ISO 8601 in UTC, with the Z that people expect."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def filters_of(where: Where) -> dict[str, list[Value]]:
    """The conditions by key, in one order.  What goes by number and by name is told by number."""
    return {key.value: _ordered(wanted) for key, wanted in where.wanted}


def versions_of(calendars: Calendars) -> dict[str, list[str]]:
    """By calendar, the days from which its versions count; the default's by that name alone."""
    default = calendars.by_id[DEFAULT]
    return {
        "default" if id == DEFAULT else str(id): [
            version.effective_from.isoformat() for version in calendar.versions
        ]
        for id, calendar in sorted(calendars.by_id.items())
        if id == DEFAULT or calendar is not default
    }


def _ordered(wanted: Iterable[Value]) -> list[Value]:
    values = {*wanted}
    values -= {str(value) for value in values if isinstance(value, int)}
    return sorted(values, key=lambda v: (v is None, isinstance(v, str), v or 0, ""))
