"""The stories as one chronicle."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.ops.demo.timeline import Moment, Opened, Stepped, chronicle

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = [date(2026, 11, day) for day in range(16, 23)]


@pytest.mark.parametrize("last", WEEK, ids=lambda day: f"{day:%A}")
def test_nothing_happens_after_the_last_day(last: date) -> None:
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), BERLIN)
    assert all(moment.at < end for moment in chronicle(last=last, zone=BERLIN))


@pytest.mark.parametrize("last", WEEK, ids=lambda day: f"{day:%A}")
def test_every_story_is_told_in_its_own_order(last: date) -> None:
    told = chronicle(last=last, zone=BERLIN)
    for story in range(120):
        acts = [m for m in told if isinstance(m.act, Opened | Stepped) and m.act.story == story]
        assert isinstance(acts[0].act, Opened)
        assert [m.at for m in acts] == sorted({m.at for m in acts})


def test_it_is_the_same_every_time_and_moves_with_the_day() -> None:
    first, again = (chronicle(last=date(2026, 11, 16), zone=BERLIN) for _ in range(2))
    assert first == again
    week_later = chronicle(last=date(2026, 11, 23), zone=BERLIN)
    assert [Moment(m.at + timedelta(days=7), m.act) for m in first] == week_later


def test_the_desk_acts_when_it_is_open_but_for_the_night_job() -> None:
    told = chronicle(last=date(2026, 11, 16), zone=BERLIN)
    staff = [m.at for m in told if isinstance(m.act, Stepped) and m.act.step.by]
    assert all(at.weekday() < 5 and 8 <= at.hour <= 18 for at in staff)
