"""When things happen at a desk: Mondays are full, weekends quiet, and every week brings more.  Pure."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

WEEKS = 12
WEEKDAYS = (1.5, 1.15, 1.0, 0.95, 0.8, 0.07, 0.05)
GROWTH = 1.2
OPENS, CLOSES = time(8), time(18)
DESK_DAY = timedelta(hours=10)

_DURATION = re.compile(r"(\d+)([dhm])")


def days_until(last: date) -> list[date]:
    """The days of the demo, oldest first; `last` is the newest."""
    length = WEEKS * 7
    return [last - timedelta(days=length - 1 - index) for index in range(length)]


def spread(count: int, *, over: Sequence[date]) -> list[date]:
    """A day for each of `count` things in their order, as the rhythm of the desk has it."""
    weights = [
        WEEKDAYS[day.weekday()] * (1 + GROWTH * index / len(over)) for index, day in enumerate(over)
    ]
    reached = list(accumulate(weights))
    return [over[bisect_left(reached, reached[-1] * (n + 0.5) / count)] for n in range(count)]


def on(day: date, at: str, *, zone: ZoneInfo) -> datetime:
    """The instant of `HH:MM` on that day."""
    return datetime.combine(day, time.fromisoformat(at), zone)


def hours(text: str) -> timedelta:
    """`1d 2h 30m` as a duration by the clock."""
    return _duration(text, day=timedelta(days=1))


def after(start: datetime, text: str) -> datetime:
    """The instant that is `1d 2h 30m` of desk time after `start`; a day has ten such hours."""
    left = _duration(text, day=DESK_DAY)
    moment = _opening(start)
    while left > (rest := _closing(moment) - moment):
        left -= rest
        moment = _opening(_closing(moment))
    return moment + left


def _duration(text: str, *, day: timedelta) -> timedelta:
    units = {"d": day, "h": timedelta(hours=1), "m": timedelta(minutes=1)}
    return sum((int(n) * units[unit] for n, unit in _DURATION.findall(text)), timedelta())


def _opening(moment: datetime) -> datetime:
    """The moment itself if the desk is open, else when it opens next."""
    if moment.weekday() < 5 and moment.time() < CLOSES:
        return max(moment, datetime.combine(moment.date(), OPENS, moment.tzinfo))
    return _opening(datetime.combine(moment.date() + timedelta(days=1), OPENS, moment.tzinfo))


def _closing(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), CLOSES, moment.tzinfo)
