"""Calendars as they are kept: versions are added, and what is past stays as it was measured."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from app.worktime.calendars import calendars, change_hours, default_calendar
from app.worktime.hours import NINE_TO_FIVE, read_day, said_day
from tests.metrics.desks import happening
from tests.metrics.stories import at
from tests.support.cast import Cast

TEN_TO_FOUR = (*(((600, 960),),) * 5, (), ())
STRETCH = at("2026-03-09T15:00:00Z"), at("2026-03-10T10:00:00Z")


def test_without_a_word_nine_to_five_in_the_reporting_zone_counts(cast: Cast) -> None:
    day = at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z")
    assert calendars(as_of=clock.now()).worked_s(*day) == 8 * 3600


def test_other_hours_count_from_their_day_on(cast: Cast) -> None:
    with happening("2026-03-09T18:00:00Z"):
        change_hours(
            effective_from=date(2026, 3, 10), zone="Europe/Berlin", week=TEN_TO_FOUR, by_id=None
        )
    # The first version is nine to five in UTC, the reporting zone: two hours of 9 March.
    assert calendars(as_of=clock.now()).worked_s(*STRETCH) == 7200 + 3600
    now, versions = default_calendar()
    assert [row.number for row in versions] == [2, 1]
    assert now.week == TEN_TO_FOUR


def test_what_was_not_known_then_does_not_count_in_a_report_of_then(cast: Cast) -> None:
    with happening("2026-03-10T12:00:00Z"):
        change_hours(effective_from=date(2026, 3, 10), zone="UTC", week=TEN_TO_FOUR, by_id=None)
    assert calendars(as_of=at("2026-03-10T11:00:00Z")).worked_s(*STRETCH) == 7200 + 3600
    assert calendars(as_of=at("2026-03-10T12:00:00Z")).worked_s(*STRETCH) == 7200


def test_the_past_cannot_be_changed(cast: Cast) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    with pytest.raises(InvalidInput, match="today or a later day"), unit_of_work():
        change_hours(effective_from=yesterday, zone="UTC", week=TEN_TO_FOUR, by_id=None)


@pytest.mark.parametrize(
    ("zone", "week", "field"), [("Mars", NINE_TO_FIVE, "zone"), ("UTC", ((),) * 7, "week")]
)
def test_nonsense_is_refused_with_its_field(
    cast: Cast, zone: str, week: tuple[tuple[tuple[int, int], ...], ...], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused, unit_of_work():
        change_hours(effective_from=date(2999, 1, 1), zone=zone, week=week, by_id=None)
    assert refused.value.field == field


@pytest.mark.parametrize("said", ["9-5", "17:00-9:00", "9:00-12:00, 11:00-13:00", "9:00-24:01"])
def test_hours_that_cannot_be_are_refused(said: str) -> None:
    with pytest.raises(InvalidInput):
        read_day(said, field="monday")


@given(st.sets(st.integers(0, 1440), max_size=6))
def test_hours_are_read_as_they_are_said(edges: set[int]) -> None:
    ordered = sorted(edges)
    day = tuple(zip(ordered[::2], ordered[1::2], strict=False))
    assert read_day(said_day(day)) == day
