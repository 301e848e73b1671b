"""When digests are due."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.notifications.choice import Every
from app.notifications.mails.rhythm import last_due

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("every", "zone", "now", "due"),
    [
        (Every.HOUR, "UTC", "2026-03-04T10:59:59", "2026-03-04T10:00"),
        (Every.HOUR, "Asia/Kolkata", "2026-03-04T10:31", "2026-03-04T10:00"),
        (Every.DAY, "UTC", "2026-03-04T07:59", "2026-03-03T08:00"),
        (Every.DAY, "UTC", "2026-03-04T08:00", "2026-03-04T08:00"),
        (Every.DAY, BERLIN, "2026-03-28T07:30", "2026-03-28T07:00"),
        (Every.DAY, BERLIN, "2026-03-29T07:30", "2026-03-29T06:00"),  # summer time has begun
        (Every.DAY, "Pacific/Auckland", "2026-03-03T19:30", "2026-03-03T19:00"),
        (Every.WEEK, "UTC", "2026-03-02T07:59", "2026-02-23T08:00"),  # a Monday
        (Every.WEEK, "UTC", "2026-03-02T08:00", "2026-03-02T08:00"),
        (Every.WEEK, "UTC", "2026-03-08T23:00", "2026-03-02T08:00"),
    ],
)
def test_the_latest_time_that_is_over(every: Every, zone: str, now: str, due: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = last_due(every, hour=8, zone=ZoneInfo(zone), now=at)
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
