"""Metrics: the tickets behind a figure, counted or left out by name, as pages of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.user import Person
from app.core import clock
from app.core.settings import settings
from app.metrics.caches.looking import samples
from app.metrics.caches.refreshing import is_made_so
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import VERSION
from app.metrics.definitions.entry import COUNTED, Reading
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, Where
from app.metrics.queries import span, tickets_shown
from app.metrics.sample import Cases, Sample
from app.metrics.words import WORDS
from app.worktime.measuring import Calendars

ROWS = 50


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a figure's evidence: its name in addresses, its words and its length."""

    key: str
    words: str
    length: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One case; `ticket` (id, subject, status) is None when this reader may not see it."""

    number: int
    said: str
    ticket: Any


@dataclass(frozen=True, slots=True)
class Basis:
    """What evidence is read of: days, as of when, since when there is a history, by which definitions."""

    days: DaySpan
    as_of: datetime
    began_at: datetime | None
    version: int = VERSION


def basis(days: DaySpan) -> Basis:
    """That of these days, as of now."""
    ends = span()
    return Basis(days, clock.now(), ends[0] if ends else None)


def sample(
    metric: Metric,
    days: DaySpan,
    *,
    where: Where = EVERY,
    least: int | None = None,
    below: int | None = None,
) -> Sample:
    """The tickets behind a figure of these days, as of now; counted are values in [least, below)."""
    zone = settings().zone
    if not is_made_so():  # until the worker has made it anew, there is nothing to read
        return Sample(also=metric.lists)
    by = Reading(days.period(zone=zone), clock.now(), Calendars({}))
    found = samples(days, metrics=[metric], by=by, zone=zone, where=where)[metric.id]
    return found if least is below is None else _between(found, least=least, below=below)


def listings(sample: Sample) -> list[Listing]:
    """The lists that are not empty, what was counted first, and that even when it is."""
    lengths: dict[str, int] = {COUNTED: len(sample.values)}
    lengths |= {name: len(ids) for name, ids in sample.also.items() if ids}
    lengths |= {reason.value: len(ids) for reason, ids in sample.excluded.items()}
    return [Listing(key, WORDS[key], length) for key, length in lengths.items()]


def rows(metric: Metric, sample: Sample, *, key: str, page: int, by: Person) -> list[EvidenceRow]:
    """A page of one list, the highest ticket numbers first, in one statement."""
    cases = sorted(_cases(metric, sample, key), reverse=True)[(page - 1) * ROWS : page * ROWS]
    tickets = tickets_shown([number for number, _ in cases], to=by)
    return [EvidenceRow(number, said, tickets.get(number)) for number, said in cases]


def _between(found: Sample, *, least: int | None, below: int | None) -> Sample:
    counted = Cases()
    for ticket_id, value in zip(found.ticket_ids, found.values, strict=True):
        if (least is None or least <= value) and (below is None or value < below):
            counted.add(ticket_id, value)
    found.lists[COUNTED] = counted
    return found


def _cases(metric: Metric, sample: Sample, key: str) -> Sequence[tuple[int, str]]:
    cases = sample.lists[key]
    if key == COUNTED:
        return list(zip(cases.ticket_ids, map(metric.say, cases.values), strict=True))
    return [(number, "") for number in cases.ticket_ids]
