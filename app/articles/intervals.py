"""Intervals as texts say them, in days or months: `90d`, `6m`."""

import calendar
from datetime import datetime, timedelta


def after(at: datetime, interval: str) -> datetime:
    """When the interval that begins then is over; months end on the same day, or the month's last."""
    return _moved(at, int(interval[:-1]), interval[-1])


def before(at: datetime, interval: str) -> datetime:
    """When the interval began that is over then."""
    return _moved(at, -int(interval[:-1]), interval[-1])


def _moved(at: datetime, number: int, unit: str) -> datetime:
    if unit == "d":
        return at + timedelta(days=number)
    years, month = divmod(at.month - 1 + number, 12)
    year, month = at.year + years, month + 1
    day = min(at.day, calendar.monthrange(year, month)[1])
    return at.replace(year=year, month=month, day=day)
