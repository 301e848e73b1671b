"""Working time: the hours of a week, and how people write them."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.core.errors import InvalidInput

Interval = tuple[int, int]
"""Minutes of the local day, [start, end): 540 to 1020 is nine to five; an end of 1440 is midnight."""
Week = tuple[tuple[Interval, ...], ...]
"""The intervals of seven days, Monday first, each in order and apart."""

DAY_MIN = 1440
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
NINE_TO_FIVE: Week = (((540, 1020),),) * 5 + ((),) * 2


def read_day(text: str, *, field: str = "") -> tuple[Interval, ...]:
    """The hours of a day as people write them: "9:00–12:30, 13:30–17:00", nothing for a day off.

    Raises InvalidInput (the given field).
    """
    spans = [part.strip() for part in text.split(",") if part.strip()]
    return tuple(_apart(sorted(_read_span(span, field) for span in spans), field))


def said_day(intervals: Iterable[Interval]) -> str:
    """The same in words, which `read_day` reads again."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in intervals)


def week_of(plain: Sequence[Sequence[Sequence[int]]]) -> Week:
    """A week from JSON-plain lists."""
    return tuple(tuple((start, end) for start, end in day) for day in plain)


def _read_span(text: str, field: str) -> Interval:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InvalidInput("Write hours as 9:00–17:00, with a comma between two.", field=field)
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or end > DAY_MIN or start >= end:
        raise InvalidInput(
            "Hours begin before they end, within one day: write 22:00–24:00 and, on the next day,"
            " 0:00–6:00.",
            field=field,
        )
    return start, end


def _apart(spans: list[Interval], field: str) -> list[Interval]:
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise InvalidInput("These hours overlap.", field=field)
    return spans


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
