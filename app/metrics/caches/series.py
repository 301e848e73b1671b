"""Metrics: what a ticket adds to the pages that are kept: series by series, day by day.  Pure."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import Reason, common
from app.metrics.histories.summary import Fields, Hidden, TicketSummary
from app.metrics.period import EVERYTHING, day_of, midnight, whole_seconds
from app.metrics.reports.moves import HAND_OVERS, hand_overs, moves
from app.worktime.measuring import Calendars

STAY, OPEN, DESK, OPEN_AGE = "stay", "open", "desk", "open_age"
CREATED, REOPENED = "flow:created", "flow:reopened"
_DATED = [metric for metric in CATALOGUE.values() if metric.dated_by_anchor]
BY_TEAM = frozenset({*(metric.id for metric in _DATED), CREATED, DESK})
"""What is kept team by team as well."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Key(NamedTuple):
    """The name of a page; of the desk's, `day_on` is the Monday of a week."""

    series: str
    day_on: date


class Kept(NamedTuple):
    """A case as it is kept, before its words become numbers."""

    value: int
    second: int
    agent_id: int | None
    fields: Fields


def series_of(metric_id: str, name: str) -> str:
    """The series of a list of a metric."""
    return metric_id if name == COUNTED else f"{metric_id}:{name}"


ON_DESK = {
    series_of(base, name): (base, str(name))
    for base, reasons in ((DESK, Hidden), (OPEN_AGE, Reason))
    for name in (COUNTED, *reasons)
}
"""The figure and the list of every series of what is on the desk: of these there is a page a week."""


def move_series(move: str) -> str:
    """The series of a kind of move."""
    return f"move:{move}"


def kept(
    ticket: TicketSummary, *, calendars: Calendars, as_of: datetime, zone: tzinfo
) -> Iterator[tuple[Key, Kept]]:
    """Every case of the ticket: of each metric that is dated, of flows and moves, and its stays."""
    by, instants = Reading(EVERYTHING, as_of, calendars), _Instants(ticket, zone)
    for metric in _DATED:
        entries: Iterable[Entry] = metric.entries(ticket, by)
        for entry in entries:
            day, second, fields = instants[entry.at]
            case = Kept(entry.value, second, entry.agent_id, fields)
            yield Key(series_of(metric.id, entry.list), day), case
    for at, move in moves(ticket):
        yield _of_assignee(move_series(move), instants[at], 1)
    yield from _handed_over(ticket, zone)
    if not common(ticket):
        arrived = instants[ticket.created_at]
        yield _of_assignee(CREATED, arrived, arrived.second)
        for at in ticket.reopens:
            yield _of_assignee(REOPENED, instants[at], 1)
    yield from _stays(ticket, instants)
    yield from _on_desk(ticket, zone)


class _Instant(NamedTuple):
    """The day of an instant, the second of the day, and what was said of the ticket then."""

    day: date
    second: int
    fields: Fields


class _Instants(dict[datetime, _Instant]):
    """Those of a ticket: most of its cases share few of them."""

    def __init__(self, ticket: TicketSummary, zone: tzinfo) -> None:
        super().__init__()
        self.ticket, self.zone = ticket, zone

    def __missing__(self, at: datetime) -> _Instant:
        day, second = _place(at.replace(microsecond=0), self.zone)
        found = self[at] = _Instant(day, second, self.ticket.fields_at(at))
        return found


def _handed_over(ticket: TicketSummary, zone: tzinfo) -> Iterator[tuple[Key, Kept]]:
    """Two cases for each change of what was said of the ticket on the desk: as it was before, and after.

    The value is which of its changes that was, so that the rows of both pages stand in one order.
    """
    for place, (at, *said) in enumerate(hand_overs(ticket)):
        day, second = _place(at.replace(microsecond=0), zone)
        for move, fields in zip(HAND_OVERS, said, strict=True):
            yield Key(move_series(move), day), Kept(place, second, fields.assignee, fields)


def _stays(ticket: TicketSummary, instants: _Instants) -> Iterator[tuple[Key, Kept]]:
    """The stretches in which the ticket was not Done, cut where what is said of it changes."""
    t0 = max(whole_seconds(_EPOCH, ticket.t0), 0)
    ends = [*(stage.at for stage in ticket.stages[1:]), None]
    for stage, end_at in zip(ticket.stages, ends, strict=True):
        if stage.is_done or stage.at == end_at:
            continue
        hidden = f":{stage.hidden}" if stage.hidden else ""
        cuts = [at for at, _ in ticket.fields if stage.at < at and (end_at is None or at < end_at)]
        begins, stops = [stage.at, *cuts], [*cuts, end_at]
        for start_at, stop_at in zip(begins, stops, strict=True):
            name = f"{STAY}{hidden}" if stop_at else f"{STAY}:{OPEN}{hidden}"
            length = whole_seconds(start_at, stop_at) if stop_at else 0
            day, second, fields = instants[start_at]
            yield Key(name, day), Kept(length, second, t0, fields)


def _on_desk(ticket: TicketSummary, zone: tzinfo) -> Iterator[tuple[Key, Kept]]:
    """A ticket that is not Done, in the week of its T0, as it is now; the value is T0's second of it.

    Who looks at the desk looks at all of its past, so there are few pages: one a week, by its Monday.
    """
    stage, fields = ticket.stages[-1], ticket.fields[-1][1]
    if stage.is_done:
        return
    monday, second = _place_in_week(ticket.t0.replace(microsecond=0), zone)
    case = Kept(second, second, fields.assignee, fields)
    yield Key(series_of(DESK, stage.hidden or COUNTED), monday), case
    yield Key(series_of(OPEN_AGE, common(ticket) or COUNTED), monday), case


def _of_assignee(series: str, instant: _Instant, value: int) -> tuple[Key, Kept]:
    """A case that nobody has credit for but who had the ticket then."""
    day, second, fields = instant
    return Key(series, day), Kept(value, second, fields.assignee, fields)


@lru_cache(maxsize=10_000)
def _place(at: datetime, zone: tzinfo) -> tuple[date, int]:
    """The day of an instant, and the second of the day."""
    day = day_of(at, zone=zone)
    return day, whole_seconds(midnight(day, zone=zone), at)


def _place_in_week(at: datetime, zone: tzinfo) -> tuple[date, int]:
    """The Monday before an instant, and the second since it began."""
    day, _ = _place(at, zone)
    monday = day - timedelta(days=day.weekday())
    return monday, whole_seconds(midnight(monday, zone=zone), at)
