"""When mails are due, and which days are meant: pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.metrics.day_span import DaySpan
from app.metrics.saved.rhythm import last_due
from app.metrics.saved.spans import Moving, days_before, days_of
from app.metrics.saved.subscription import Every

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "hour", "now", "due"),
    [
        (Every.DAY, 8, "2026-03-04T06:59", "2026-03-03T07:00"),
        (Every.DAY, 8, "2026-03-04T07:00", "2026-03-04T07:00"),
        (Every.WEEK, 8, "2026-03-08T12:00", "2026-03-04T07:00"),
        (Every.MONTH, 8, "2026-03-31T23:00", "2026-03-01T07:00"),
        (Every.MONTH, 8, "2026-04-01T06:00", "2026-04-01T06:00"),
    ],
)
def test_the_last_due_instant_is_by_the_clocks_of_the_zone(
    every: Every, hour: int, now: str, due: str
) -> None:
    found = last_due(every, weekday=2, hour=hour, zone=BERLIN, now=at(now))
    assert found == at(due)


@pytest.mark.parametrize("night", ["2026-03-29T00:00", "2026-10-25T00:00"])
def test_each_night_has_one_mail_also_when_clocks_change(night: str) -> None:
    looks = (
        at(night) - timedelta(hours=3) + timedelta(minutes=5 * step) for step in range(12 * 24)
    )
    dues = {last_due(Every.DAY, weekday=0, hour=2, zone=BERLIN, now=now) for now in looks}
    dates = [due.astimezone(BERLIN).date() for due in sorted(dues)]
    assert len(dates) == len(set(dates))
    assert at(night).astimezone(BERLIN).date() in dates


TODAY = date(2026, 5, 13)


@pytest.mark.parametrize(
    ("moving", "first", "end", "before"),
    [
        (Moving.LAST_7, "2026-05-07", "2026-05-14", "2026-04-30"),
        (Moving.YESTERDAY, "2026-05-12", "2026-05-13", "2026-05-11"),
        (Moving.WEEK, "2026-05-04", "2026-05-11", "2026-04-27"),
        (Moving.MONTH, "2026-04-01", "2026-05-01", "2026-03-01"),
        (Moving.QUARTER, "2026-01-01", "2026-04-01", "2025-10-01"),
        (Moving.YEAR, "2025-01-01", "2026-01-01", "2024-01-01"),
        (Moving.THIS_MONTH, "2026-05-01", "2026-05-14", "2026-04-18"),
        (Moving.THIS_QUARTER, "2026-04-01", "2026-05-14", "2026-02-17"),
    ],
)
def test_periods_move_with_time(moving: Moving, first: str, end: str, before: str) -> None:
    days = days_of(moving, today=TODAY)
    assert days == DaySpan(date.fromisoformat(first), date.fromisoformat(end))
    earlier = DaySpan(date.fromisoformat(before), days.start_on)
    assert days_before(moving, days, today=TODAY) == earlier


def test_what_has_no_beginning_or_lies_ahead_has_nothing_before_it() -> None:
    assert days_before(Moving.ALL, DaySpan(), today=TODAY) is None
    ahead = DaySpan(date(2026, 6, 1), date(2026, 7, 1))
    assert days_before(None, ahead, today=TODAY) is None
