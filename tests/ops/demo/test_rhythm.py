"""When things happen at a desk."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.ops.demo import rhythm

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = [date(2026, 11, day) for day in range(16, 23)]  # 16 November 2026 is a Monday


@pytest.mark.parametrize("last", WEEK, ids=lambda day: f"{day:%A}")
def test_mondays_are_the_fullest_day_whatever_day_it_is_today(last: date) -> None:
    days = rhythm.spread(120, over=rhythm.days_until(last))
    by_weekday = Counter(day.weekday() for day in days)
    assert by_weekday.most_common(1)[0][0] == 0
    assert by_weekday[5] + by_weekday[6] < by_weekday[4]


@pytest.mark.parametrize("last", WEEK, ids=lambda day: f"{day:%A}")
def test_the_desk_grows(last: date) -> None:
    days = rhythm.days_until(last)
    spread = rhythm.spread(120, over=days)
    assert spread == sorted(spread)
    second_half = len([day for day in spread if day >= days[42]])
    assert second_half > 1.3 * (120 - second_half)


@pytest.mark.parametrize("last", WEEK, ids=lambda day: f"{day:%A}")
def test_the_newest_is_from_the_last_working_day(last: date) -> None:
    newest = rhythm.spread(120, over=rhythm.days_until(last))[-1]
    assert (last - newest).days == max(0, last.weekday() - 4)


@pytest.mark.parametrize(
    ("start", "passing", "end"),
    [
        ("2026-11-16T09:00", "2h 30m", "2026-11-16T11:30"),
        ("2026-11-16T17:00", "2h", "2026-11-17T09:00"),
        ("2026-11-16T21:26", "8m", "2026-11-17T08:08"),
        ("2026-11-16T06:00", "1h", "2026-11-16T09:00"),
        ("2026-11-20T17:30", "1h", "2026-11-23T08:30"),
        ("2026-11-21T11:00", "30m", "2026-11-23T08:30"),
        ("2026-11-16T10:00", "1d 2h", "2026-11-17T12:00"),
        ("2026-11-19T10:00", "3d", "2026-11-24T10:00"),
        ("2026-03-27T17:00", "2h", "2026-03-30T09:00"),  # summer time begins in between
    ],
)
def test_desk_hours_pass_only_while_the_desk_is_open(start: str, passing: str, end: str) -> None:
    begun = datetime.fromisoformat(start).replace(tzinfo=BERLIN)
    assert rhythm.after(begun, passing) == datetime.fromisoformat(end).replace(tzinfo=BERLIN)
