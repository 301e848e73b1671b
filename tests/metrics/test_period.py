"""Days, weeks and months in the reporting zone (METRICS.md 2.11)."""

from datetime import UTC, date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.metrics.day_span import DaySpan, Step
from app.metrics.period import Period, months, period_of_days, weeks, whole_seconds
from tests.metrics.stories import at

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_period_holds_its_start_and_not_its_end() -> None:
    march = period_of_days(date(2026, 3, 1), date(2026, 4, 1), zone=UTC)
    assert march.holds(at("2026-03-01T00:00:00Z"))
    assert march.holds(at("2026-03-31T23:59:59.999999Z"))
    assert not march.holds(at("2026-04-01T00:00:00Z"))


def test_a_day_begins_at_midnight_of_the_zone_in_summer_and_winter() -> None:
    period = period_of_days(date(2026, 3, 29), date(2026, 3, 30), zone=BERLIN)
    assert period == Period(at("2026-03-28T23:00:00Z"), at("2026-03-29T22:00:00Z"))


def test_steps_follow_each_other_without_a_gap() -> None:
    for steps in (weeks, months):
        made = list(steps(date(2026, 1, 31), date(2026, 4, 2), zone=BERLIN))
        assert all(a.end_at == b.start_at for a, b in pairwise(made))
        assert made[0].start_at == at("2026-01-30T23:00:00Z")
        assert made[-1].end_at == at("2026-04-01T22:00:00Z")


def test_seconds_are_whole_and_parts_add_up() -> None:
    a, b, c = (at(f"2026-03-02T08:00:0{second}Z") for second in ("0.9", "1.5", "2.1"))
    assert whole_seconds(a, b) + whole_seconds(b, c) == whole_seconds(a, c) == 2


@pytest.mark.parametrize(
    ("length", "step"),
    [(7, Step.DAY), (14, Step.DAY), (15, Step.WEEK), (182, Step.WEEK), (183, Step.MONTH)],
)
def test_the_longer_the_span_the_longer_the_steps(length: int, step: Step) -> None:
    start = date(2026, 3, 2)
    assert DaySpan(start, start + timedelta(days=length)).step is step


def test_an_open_span_is_closed_by_what_the_desk_did() -> None:
    first, last = date(2026, 3, 2), date(2026, 3, 9)
    assert DaySpan().closed(first_on=first, last_on=last) == DaySpan(first, date(2026, 3, 10))
    ahead = DaySpan(date(2026, 1, 1), date(2027, 1, 1))
    assert ahead.closed(first_on=first, last_on=last) == DaySpan(ahead.start_on, date(2026, 3, 10))
