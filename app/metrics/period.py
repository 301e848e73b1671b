"""Metrics: stretches of time that are reported on, cut in the reporting zone (METRICS.md 2.11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Period:
    """The half-open stretch [start, end) in aware UTC; None on a side means no limit there."""

    start_at: datetime | None = None
    end_at: datetime | None = None

    def holds(self, instant: datetime) -> bool:
        """True when the instant lies in the period."""
        after_start = self.start_at is None or self.start_at <= instant
        return after_start and (self.end_at is None or instant < self.end_at)


EVERYTHING = Period()


def period_of_days(start_on: date | None, end_on: date | None, *, zone: tzinfo) -> Period:
    """From the first moment of `start_on` to the first moment of `end_on`, which is not in it."""
    return Period(
        midnight(start_on, zone=zone) if start_on else None,
        midnight(end_on, zone=zone) if end_on else None,
    )


def days(start_on: date, end_on: date, *, zone: tzinfo) -> Iterator[Period]:
    """The days [start_on, end_on) one by one."""
    while start_on < end_on:
        next_on = start_on + timedelta(days=1)
        yield period_of_days(start_on, next_on, zone=zone)
        start_on = next_on


def weeks(start_on: date, end_on: date, *, zone: tzinfo) -> Iterator[Period]:
    """The days [start_on, end_on) in stretches of seven; the last may be shorter."""
    while start_on < end_on:
        next_on = min(start_on + timedelta(days=7), end_on)
        yield period_of_days(start_on, next_on, zone=zone)
        start_on = next_on


def months(start_on: date, end_on: date, *, zone: tzinfo) -> Iterator[Period]:
    """The days [start_on, end_on) by calendar month; the first and the last may be shorter."""
    while start_on < end_on:
        next_on = min((start_on.replace(day=1) + timedelta(days=31)).replace(day=1), end_on)
        yield period_of_days(start_on, next_on, zone=zone)
        start_on = next_on


@lru_cache(maxsize=10_000)
def midnight(day: date, *, zone: tzinfo) -> datetime:
    """The instant at which a day begins in a zone."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def day_of(instant: datetime, *, zone: tzinfo) -> date:
    """The day that an instant belongs to in a zone (worked example O)."""
    return instant.astimezone(zone).date()


def whole_seconds(start_at: datetime, end_at: datetime) -> int:
    """cal(a, b) of METRICS.md 2.7.

    Each instant is cut to its whole second first, so that the parts of a stretch always add up
    to the whole.
    """
    start, end = start_at - _EPOCH, end_at - _EPOCH
    return (end.days - start.days) * 86_400 + end.seconds - start.seconds


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
