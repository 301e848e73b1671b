"""Metrics: the tickets behind a figure, counted or left out by name, as pages of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from app.accounts.user import Person
from app.metrics.caches.looking import samples
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import VERSION
from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.listed import CAME
from app.metrics.picture.asked import Asked
from app.metrics.queries import span_of, tickets_shown
from app.metrics.reports.figures_of import is_of_few
from app.metrics.reports.report import versions_of
from app.metrics.sample import Cases, Sample
from app.metrics.slice import WHOLE, Slice
from app.metrics.words import WORDS
from app.worktime.calendars import calendars

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
    calendars: Mapping[str, Sequence[str]]
    version: int = VERSION


def basis(metric: Metric, days: DaySpan, *, stand: Stand) -> Basis:
    """That of these days; calendars where the figure counts business hours."""
    ends = span_of(stand)
    is_business = metric.hours is Hours.BUSINESS
    known = versions_of(calendars(as_of=stand.as_of)) if is_business else {}
    return Basis(days, stand.as_of, ends[0] if ends else None, known)


def sample(metric: Metric, days: DaySpan, *, stand: Stand, only: Slice = WHOLE) -> Sample:
    """The tickets behind a figure of these days, or behind a part of it."""
    held = partial(only.holds_at, zone=stand.zone) if only else None
    found = samples(days, metrics=[metric], stand=stand, held=held)[metric.id]
    return _part(found, only) if only else found


def hides(metric: Metric, asked: Asked, *, stand: Stand) -> bool:
    """Whether values say too much of one person: those of few cases, by person or where a filter names one.

    Then no part of them may be asked for either: halving it finds them.
    """
    if metric is CAME or not asked.tells_of_people:
        return False
    return is_of_few(sample(metric, asked.days, stand=stand))


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


def _part(found: Sample, only: Slice) -> Sample:
    counted = Cases()
    for ticket_id, value in zip(found.ticket_ids, found.values, strict=True):
        if only.holds(value):
            counted.add(ticket_id, value)
    found.lists[COUNTED] = counted
    return found


def _cases(metric: Metric, sample: Sample, key: str) -> Sequence[tuple[int, str]]:
    cases = sample.lists[key]
    if key == COUNTED:
        return list(zip(cases.ticket_ids, map(metric.say, cases.values), strict=True))
    return [(number, "") for number in cases.ticket_ids]
