"""Metrics: what figures are read from: as of when, in which zone, which cases, from which shelf."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from app.metrics.caches.shelf import NOW, Shelf
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import Reading
from app.metrics.filtering import EVERY, Where
from app.metrics.period import day_of
from app.worktime.measuring import Calendars


@dataclass(frozen=True, slots=True)
class Stand:
    """How the desk stands: what was known at `as_of`, in days of the zone, of the cases asked for."""

    as_of: datetime
    zone: tzinfo
    where: Where = EVERY
    shelf: Shelf = NOW

    @property
    def last_on(self) -> date:
        """The last day of which something is known: today, or then the day that was asked for."""
        last = self.as_of if self.shelf == NOW else self.as_of - timedelta.resolution
        return day_of(last, zone=self.zone)

    def reading(self, days: DaySpan) -> Reading:
        """What entries of these days are read by.  Hours are measured in the pages already."""
        return Reading(days.period(zone=self.zone), self.as_of, Calendars({}))
