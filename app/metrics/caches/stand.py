"""Metrics: what figures are read from: pages as they are kept now, or as they stood then, and which cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, select

from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.metric_then import MetricThenPage
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import Reading
from app.metrics.filtering import EVERY, Where
from app.metrics.period import day_of
from app.worktime.measuring import Calendars

_COLUMNS = ("series", "day_on", "n", "numbers", "rest")


@dataclass(frozen=True, slots=True)
class Stand:
    """How the desk stands: what was known at `as_of`, in days of the zone, of the cases asked for.

    `then_id` names the `MetricThen` whose pages are read; None stands for those that are kept now.
    """

    as_of: datetime
    zone: tzinfo
    where: Where = EVERY
    then_id: int | None = None

    @property
    def pages(self) -> Any:
        """The columns of the pages to select from: series, day_on, n, numbers and rest."""
        if self.then_id is None:
            return MetricPage.__table__.c
        columns = (getattr(MetricThenPage, name) for name in _COLUMNS)
        return select(*columns).where(MetricThenPage.then_id == self.then_id).subquery("pages").c

    @property
    def last_on(self) -> date:
        """The last day of which something is known: today, or then the day that was asked for."""
        last = self.as_of if self.then_id is None else self.as_of - timedelta.resolution
        return day_of(last, zone=self.zone)

    def reading(self, days: DaySpan) -> Reading:
        """What entries of these days are read by.  Hours are measured in the pages already."""
        return Reading(days.period(zone=self.zone), self.as_of, Calendars({}))


def within(days: DaySpan, pages: Any) -> Iterator[ColumnElement[bool]]:
    """The conditions that a page lies in a span of days."""
    if days.start_on:
        yield pages.day_on >= days.start_on
    if days.end_on:
        yield pages.day_on < days.end_on
