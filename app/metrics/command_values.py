"""Metrics: what `flask metrics` is given: days, instants, zones."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import click

from app.core import clock
from app.core.settings import settings
from app.metrics.day_span import FIRST_YEAR, LAST_YEAR
from app.metrics.period import midnight

D = TypeVar("D", date, datetime)
_A_DAY = timedelta(days=1)


class Day(click.ParamType[date]):
    """A day of the reporting zone."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a fault that names the option."""
        try:
            return _within_reason(date.fromisoformat(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2026-03-31.", param, ctx)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 time, without a zone one of the reporting zone; a day alone means its end, today now."""

    name = "time"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The aware instant, or a fault that names the option."""
        with suppress(ValueError):
            return _end_of(_within_reason(date.fromisoformat(value)))
        try:
            read = _within_reason(datetime.fromisoformat(value))
        except ValueError:
            self.fail(f"{value!r} is not a time such as 2026-03-31T18:00:00Z.", param, ctx)
        return (read if read.tzinfo else read.replace(tzinfo=settings().zone)).astimezone(UTC)


class Zone(click.ParamType[ZoneInfo]):
    """A time zone of the IANA list."""

    name = "zone"

    def convert(
        self, value: str | ZoneInfo, param: click.Parameter | None, ctx: click.Context | None
    ) -> ZoneInfo:
        """The zone, or a fault that names the option."""
        if isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(value)
        except (ValueError, OSError, KeyError):
            self.fail(f"{value!r} is not a time zone such as Europe/Berlin.", param, ctx)


def _end_of(day: date) -> datetime:
    zone = settings().zone
    return clock.now() if day == clock.today(zone) else midnight(day + _A_DAY, zone=zone)


def _within_reason(day: D) -> D:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day)
    return day
