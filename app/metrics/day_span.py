"""Metrics: the days a page reports on, and how they are cut for a chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from app.metrics.period import Period, days, months, period_of_days, weeks

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Beyond these years, arithmetic with instants ends."""


class Step(StrEnum):
    """The stretch that one point of a chart stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days [start_on, end_on) of the reporting zone; None on a side means no limit there."""

    start_on: date | None = None
    end_on: date | None = None

    def period(self, *, zone: tzinfo) -> Period:
        """The same in instants."""
        return period_of_days(self.start_on, self.end_on, zone=zone)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        after_start = self.start_on is None or self.start_on <= day
        return after_start and (self.end_on is None or day < self.end_on)

    @property
    def last_on(self) -> date | None:
        """The last day in it, as people name the end of a span."""
        return self.end_on - timedelta(days=1) if self.end_on else None

    def closed(self, *, first_on: date, last_on: date) -> "DaySpan":
        """The same with both ends: not beyond the last day, and where it is open, from the first."""
        after_last = last_on + timedelta(days=1)
        return DaySpan(self.start_on or first_on, min(self.end_on or after_last, after_last))

    def steps(self, *, zone: tzinfo) -> Iterator[Period]:
        """Days, weeks or months, whichever makes a readable chart.  Needs both ends."""
        if self.start_on is None or self.end_on is None:
            raise ValueError("A chart needs both ends.")
        match self.step:
            case Step.DAY:
                return days(self.start_on, self.end_on, zone=zone)
            case Step.WEEK:
                return weeks(self.start_on, self.end_on, zone=zone)
            case Step.MONTH:
                return months(self.start_on, self.end_on, zone=zone)

    @property
    def step(self) -> Step:
        """Days up to a fortnight, weeks up to half a year, then months."""
        if self.start_on is None or self.end_on is None:
            return Step.MONTH
        length = self.end_on - self.start_on
        if length <= timedelta(days=14):
            return Step.DAY
        return Step.WEEK if length <= timedelta(weeks=26) else Step.MONTH
