"""Working time, against somebody who walks through it minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.worktime.hours import NINE_TO_FIVE, Week
from app.worktime.measuring import DEFAULT, Calendars, due, worked
from app.worktime.work_calendar import NeverWorked, Version, WorkCalendar, usual
from tests.metrics.stories import at

BERLIN = usual("Europe/Berlin")
ZONES = (
    "Europe/Berlin",
    "UTC",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Beirut",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
)
MINUTE = timedelta(minutes=1)


def walked(start: datetime, end: datetime, versions: list[Version]) -> int:
    """One minute after the other: is the clock on the wall within the hours of its day?"""
    total = 0
    ordered = sorted(versions, key=lambda v: (v.effective_from, v.number))
    while start < end:
        # The version in force is the last one whose first local midnight has passed.
        version = ordered[0]
        for each in ordered[1:]:
            zone = ZoneInfo(each.zone)
            begins = datetime.combine(each.effective_from, datetime.min.time(), zone)
            if start >= begins.astimezone(UTC):
                version = each
        wall = start.astimezone(ZoneInfo(version.zone))
        minute = wall.hour * 60 + wall.minute
        if wall.date() not in version.holidays:
            hours = version.week[wall.weekday()]
            total += 60 * any(opens <= minute < closes for opens, closes in hours)
        start += MINUTE
    return total


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    def day() -> tuple[tuple[int, int], ...]:
        edges = sorted(draw(st.sets(st.integers(0, 48), max_size=4)))
        return tuple((a * 30, b * 30) for a, b in zip(edges[::2], edges[1::2], strict=False))

    return tuple(day() for _ in range(7))


@st.composite
def versions(draw: st.DrawFn, near: date) -> list[Version]:
    days = st.integers(-4, 8).map(lambda n: near + timedelta(days=n))
    zone = draw(st.sampled_from(ZONES))
    return [
        Version(
            number,
            near - timedelta(days=9) if number == 1 else draw(days),
            zone,
            draw(weeks()),
            frozenset(draw(st.sets(days, max_size=2))),
        )
        for number in range(1, 2 + draw(st.integers(0, 2)))
    ]


# Around the changes of clocks of 2024 to 2026, new year, and a plain week.
NEAR = [date(2026, 3, 28), date(2026, 10, 24), date(2025, 12, 30), date(2026, 5, 5),
        date(2026, 11, 1), date(2026, 3, 7), date(2026, 4, 4), date(2018, 11, 3)]  # fmt: skip


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_measuring_is_walking_through_every_minute(data: st.DataObject) -> None:
    near = data.draw(st.sampled_from(NEAR))
    known = data.draw(versions(near))
    minutes = st.integers(0, 6 * 1440)
    base = datetime.combine(near, datetime.min.time(), UTC) - timedelta(days=2)
    start, end = sorted(base + MINUTE * data.draw(minutes) for _ in range(2))
    # Of several versions for one day the last one counts, and no other.
    latest = list({v.effective_from: v for v in known}.values())
    assert worked(start, end, WorkCalendar(known)) == walked(start, end, latest)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_parts_add_up_and_due_is_the_way_back(data: st.DataObject) -> None:
    calendar = WorkCalendar(data.draw(versions(date(2026, 3, 28))))
    seconds = st.integers(0, 3 * 365 * 86_400)
    base = datetime(2025, 1, 1, tzinfo=UTC)
    a, b, c = sorted(base + timedelta(seconds=data.draw(seconds)) for _ in range(3))
    assert worked(a, c, calendar) == worked(a, b, calendar) + worked(b, c, calendar)
    if target := worked(a, c, calendar):
        when = due(a, target, calendar)
        assert a < when <= c
        assert worked(a, when, calendar) == target
        assert worked(a, when - timedelta(seconds=1), calendar) == target - 1


def test_d_daylight_saving_and_holidays() -> None:
    start, end = at("2026-03-27T15:00:00Z"), at("2026-03-30T08:00:00Z")
    assert worked(start, end, BERLIN) == 7200
    easter = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
    closed = WorkCalendar([Version(1, date(1970, 1, 1), "Europe/Berlin", NINE_TO_FIVE, easter)])
    start, end = at("2026-04-02T14:30:00Z"), at("2026-04-07T07:15:00Z")
    assert (worked(start, end, closed), worked(start, end, BERLIN)) == (2700, 60300)


def test_e_a_day_is_measured_with_the_version_in_force_that_day() -> None:
    first = Version(1, date(1970, 1, 1), "Europe/Berlin", NINE_TO_FIVE)
    ten_to_four = ((((600, 960),),) * 5) + ((),) * 2
    second = Version(2, date(2026, 3, 10), "Europe/Berlin", ten_to_four)
    third = Version(3, date(2026, 4, 1), "Europe/Berlin", NINE_TO_FIVE)
    stretch = at("2026-03-09T15:00:00Z"), at("2026-03-10T10:00:00Z")
    assert worked(*stretch, WorkCalendar([first, second])) == 7200
    assert worked(*stretch, WorkCalendar([first, second, third])) == 7200
    assert worked(*stretch, WorkCalendar([first])) == 10800
    assert worked(*stretch, WorkCalendar([second])) == 3600


def test_what_has_another_calendar_for_a_while_is_the_sum_of_its_pieces() -> None:
    night = Version(1, date(1970, 1, 1), "UTC", (((0, 1440),),) * 7)
    both = Calendars({DEFAULT: BERLIN, 5: WorkCalendar([night])})
    spans = [(at("2026-03-02T12:00:00Z"), 5), (at("2026-03-02T20:00:00Z"), DEFAULT)]
    day = at("2026-03-02T00:00:00Z"), at("2026-03-03T00:00:00Z")
    assert both.worked_s(*day, spans) == (4 + 8) * 3600
    assert both.worked_s(*day) == 8 * 3600
    assert both.due_at(day[0], 12 * 3600, spans) == at("2026-03-02T20:00:00Z")
    assert both.due_at(day[0], 13 * 3600, spans) == at("2026-03-03T09:00:00Z")
    assert both.of(77) is BERLIN


def test_nobody_waits_for_work_that_never_comes() -> None:
    nothing = WorkCalendar([Version(1, date(1970, 1, 1), "UTC", ((),) * 7)])
    with pytest.raises(NeverWorked):
        due(at("2026-03-02T12:00:00Z"), 1, nothing)
