"""Metrics: how one ticket counts: its history, its stretches and clocks, and every figure it is in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from app.core import clock
from app.metrics.counting import add, entries
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED, Reading
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.histories import ledger
from app.metrics.histories.effective_history import effective_history
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import EVERYTHING, whole_seconds
from app.metrics.sample import Sample
from app.metrics.settling import SETTLES_AFTER
from app.metrics.words import KINDS, WORDS
from app.worktime.calendars import calendars
from app.worktime.measuring import Calendars


class Happened(NamedTuple):
    """A fact that figures know; `counts` is False where a later one took it back."""

    seq: int
    at: datetime
    known_at: datetime
    words: str
    counts: bool


class Stretch(NamedTuple):
    """How long it stood in one state, in seconds by the calendar and in business hours."""

    words: str
    start_at: datetime
    end_at: datetime
    calendar_s: int
    business_s: int
    lasts: bool


class Clock(NamedTuple):
    """An instant that figures are made from, with what it means."""

    symbol: str
    words: str
    at: datetime | None


class Part(NamedTuple):
    """What the ticket is in one figure: when it counts, in which list, with which value."""

    metric: Metric
    at: datetime
    list: str
    said: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that figures know of a ticket."""

    as_of: datetime
    history: Sequence[Happened]
    stretches: Sequence[Stretch]
    clocks: Sequence[Clock]
    parts: Sequence[Part]


def explanation(ticket_id: int) -> Explanation | None:
    """How the ticket counts as of now, from the ledger itself; None where it has no history."""
    as_of = clock.now()
    found = next(ledger.summaries_of([ticket_id], as_of=as_of), None)
    if found is None:
        return None
    known = calendars(as_of=as_of)
    return Explanation(
        as_of=as_of,
        history=_history(ticket_id, as_of=as_of),
        stretches=[*_stretches(found, known, as_of=as_of)],
        clocks=_clocks(found),
        parts=[*_parts(found, known, as_of=as_of)],
    )


def _history(ticket_id: int, *, as_of: datetime) -> list[Happened]:
    events = ledger.events_of(ticket_id)
    counted = {event.seq for event in effective_history(events, as_of=as_of)}
    return [
        Happened(
            seq=event.seq,
            at=event.occurred_at,
            known_at=event.recorded_at,
            words=KINDS.get(event.kind, event.kind),
            counts=event.seq in counted,
        )
        for event in events
    ]


def _stretches(found: TicketSummary, known: Calendars, *, as_of: datetime) -> Iterator[Stretch]:
    begins = [found.t0, *(stage.at for stage in found.stages[1:]), max(as_of, found.stages[-1].at)]
    for stage, (start_at, end_at) in zip(found.stages, pairwise(begins), strict=True):
        yield Stretch(
            words=WORDS[stage.hidden].removeprefix("Left out: ") if stage.hidden else STATES[stage.category],
            start_at=start_at,
            end_at=end_at,
            calendar_s=whole_seconds(start_at, end_at),
            business_s=known.worked_s(start_at, end_at, found.calendars) if start_at < end_at else 0,
            lasts=stage is found.stages[-1],
        )  # fmt: skip


def _clocks(found: TicketSummary) -> list[Clock]:
    first, last = found.first_resolved_at, found.resolved_at
    settled_at = last + SETTLES_AFTER if last else None
    reply = found.first_reply
    return [
        Clock("T0", "The customer wrote first", found.t0),
        Clock("H1", "First public reply by a person", reply.at if reply else None),
        Clock("R1", "First solved", first),
        Clock("RF", "Solved for good, so far", last),
        Clock("RF + W", "From then on its figures are final", settled_at),
    ]


def _parts(found: TicketSummary, known: Calendars, *, as_of: datetime) -> Iterator[Part]:
    by = Reading(EVERYTHING, as_of, known)
    for metric in CATALOGUE.values():
        for entry in entries(metric, found, by):
            sample = Sample(also=metric.lists)
            add(sample, metric, found.ticket_id, entry, by=by)
            at = min(entry.at, as_of) if metric.dated_by_anchor else as_of
            for name, cases in sample.lists.items():
                for value in cases.values:
                    said = metric.say(value) if name == COUNTED or _is_time(metric, value) else ""
                    yield Part(metric, at, WORDS[str(name)], said)


def _is_time(metric: Metric, value: int) -> bool:
    return (
        metric.hours in (Hours.CALENDAR, Hours.BUSINESS) and timedelta(seconds=value) > timedelta()
    )


STATES = {
    "new": "New",
    "open": "Open",
    "waiting_customer": "Waiting for the customer",
    "waiting_third": "On hold",
    "resolved": "Solved",
    "closed": "Closed",
}
