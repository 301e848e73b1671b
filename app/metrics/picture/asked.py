"""Metrics: what a reader wants to see.  Pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.filtering import EVERY, PERSONAL, Key, Where

A_YEAR = timedelta(weeks=52)
"""So that a Monday is compared with a Monday."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The days, which hours durations count, which cases, and by what they are set side by side.

    `as_of_on` is the day at whose end the desk is looked at; None means now.
    """

    days: DaySpan
    hours: Hours = Hours.CALENDAR
    where: Where = EVERY
    by: Key = Key.TEAM
    as_of_on: date | None = None

    def metric(self, id: str) -> Metric:
        """The figure in the hours that were asked for, where it has any."""
        business = CATALOGUE.get(f"{id}_business") if self.hours is Hours.BUSINESS else None
        return business or CATALOGUE[id]

    @property
    def tells_of_people(self) -> bool:
        """Whether figures, also those of everything, may be of one person, of whom little is shown."""
        return self.by in PERSONAL or self.where.names_people

    def until(self, last_on: date) -> DaySpan | None:
        """Its days up to this one; None where they have no first day or begin later."""
        start_on, after_last = self.days.start_on, last_on + timedelta(days=1)
        end_on = min(self.days.end_on or after_last, after_last)
        return DaySpan(start_on, end_on) if start_on and start_on < end_on else None


def before(days: DaySpan) -> DaySpan:
    """As many days right before these, which have both ends."""
    start_on, end_on = days.start_on, days.end_on
    if start_on is None or end_on is None:
        raise ValueError("Only what has both ends has a length.")
    return replace(days, start_on=start_on - (end_on - start_on), end_on=start_on)


def a_year_before(days: DaySpan) -> DaySpan:
    """The same weekdays 52 weeks earlier."""
    start_on, end_on = days.start_on, days.end_on
    if start_on is None or end_on is None:
        raise ValueError("Only what has both ends has a length.")
    return DaySpan(start_on - A_YEAR, end_on - A_YEAR)
