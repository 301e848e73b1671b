"""Working time: measuring by a calendar, or by the several that one thing had in turn.  Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.worktime.work_calendar import WorkCalendar

DEFAULT = 0
"""The name under which the calendar of everything without one of its own is known."""
Spans = Sequence[tuple[datetime, int]]
"""From when on which calendar counts, by its id, in order; before the first one the default."""


def worked(start_at: datetime, end_at: datetime, calendar: WorkCalendar) -> int:
    """The working seconds between two instants."""
    return calendar.worked_s(start_at, end_at)


def due(start_at: datetime, seconds: int, calendar: WorkCalendar) -> datetime:
    """When so many seconds will have been worked.  Raises NeverWorked."""
    return calendar.due_at(start_at, seconds)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Every calendar by id; `DEFAULT` is always there."""

    by_id: Mapping[int, WorkCalendar]

    def of(self, id: int) -> WorkCalendar:
        """The calendar of that id, or the default where it is not known."""
        return self.by_id.get(id) or self.by_id[DEFAULT]

    def worked_s(self, start_at: datetime, end_at: datetime, spans: Spans = ()) -> int:
        """The working seconds of a stretch in which the calendar may change: the sum of its pieces."""
        if not spans:
            return self.by_id[DEFAULT].worked_s(start_at, end_at)
        inner = [at for at, _ in spans if start_at < at < end_at]
        pieces = pairwise([start_at, *inner, end_at])
        return sum(self.of(_id_at(spans, first)).worked_s(first, last) for first, last in pieces)

    def due_at(self, start_at: datetime, seconds: int, spans: Spans = ()) -> datetime:
        """When so many seconds will have been worked, by the calendar of each time.  Raises NeverWorked."""
        for at, _ in spans:
            if at <= start_at:
                continue
            done = self.of(_id_at(spans, start_at)).worked_s(start_at, at)
            if seconds <= done:
                break
            seconds, start_at = seconds - done, at
        return self.of(_id_at(spans, start_at)).due_at(start_at, seconds)


def _id_at(spans: Spans, instant: datetime) -> int:
    return next((id for at, id in reversed(spans) if at <= instant), DEFAULT)
