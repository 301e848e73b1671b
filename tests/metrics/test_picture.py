"""What the metrics page draws and tables agrees with a replay of the ledger."""

from datetime import date
from typing import Any

import pytest
import time_machine

from app.core import clock
from app.core.settings import settings
from app.core.uow import unit_of_work
from app.metrics.asking import where_asked
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.histories import ledger
from app.metrics.picture.asked import Asked, a_year_before, before
from app.metrics.picture.picture import make_picture
from app.metrics.reports.report import report
from app.tickets import resolving
from app.worktime.calendars import calendars
from tests.metrics.desks import example_a, level_the_cache, solved
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast

MARCH = DaySpan(date(2026, 3, 1), date(2026, 4, 1))


@pytest.fixture
def desk(cast: Cast) -> None:
    """Two weeks of solved tickets, one with two resolutions, one that waits, one closed unanswered."""
    for day in range(2, 14):
        solved(cast, f"2026-03-{day:02}T08:00:00Z", f"2026-03-{day:02}T{9 + day % 4:02}:30:00Z")
    example_a(cast)
    with time_machine.travel(at("2026-03-16T22:15:00Z"), tick=False):
        make.ticket(cast.customer)
        with unit_of_work():
            resolving.resolve(make.ticket(cast.customer), by=cast.agent)


def replayed(days: DaySpan, **conditions: str) -> dict[str, Any]:
    as_of, zone = clock.now(), settings().zone
    by = Reading(days.period(zone=zone), as_of, calendars(as_of=as_of))
    where = where_asked(f"{key}={value}" for key, value in conditions.items())
    tickets = ledger.all_summaries(as_of=as_of)
    return report(tickets, by=by, zone=zone, where=where, group_by=Key.AGENT)


@pytest.mark.parametrize("asked", [{}, {"channel": "web"}, {"priority": "urgent"}])
@pytest.mark.usefixtures("desk")
def test_every_figure_agrees_also_of_a_part(asked: dict[str, str]) -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        where = where_asked(f"{key}={value}" for key, value in asked.items())
        seen, told = make_picture(Asked(MARCH, where=where, by=Key.AGENT)), replayed(MARCH, **asked)
    figures = seen.overview.figures
    assert figures == {id: told["metrics"][id] for id in figures}
    assert seen.arrivals == told["arrivals"]
    assert seen.identity == told["backlog_identity"]


@pytest.mark.usefixtures("desk")
def test_the_backlog_adds_up() -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        seen, told = make_picture(Asked(MARCH)), replayed(MARCH)
    assert seen.identity == told["backlog_identity"]
    assert seen.identity["end"] == seen.overview.figures["backlog"]["value"] == 1


@pytest.mark.usefixtures("desk")
def test_figures_of_a_person_are_those_of_the_report() -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        seen, told = make_picture(Asked(MARCH, by=Key.AGENT)), replayed(MARCH)
    sides = {side.value: side.figures for side in seen.sides}
    rows = {row["value"]: row["metrics"] for row in told["groups"]["rows"]}
    for value, figures in sides.items():
        for id, made in figures.items():
            if made:
                want = rows[value][id]
                assert (made["n"], made["value"]) == (want["n"], want["value"])
            else:
                assert rows[value].get(id, {"n": 0})["n"] < 5
    assert any(figures["frt"] for figures in sides.values())


@pytest.mark.usefixtures("desk")
def test_steps_with_few_cases_are_gaps_and_the_last_ones_may_change() -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        (resolution, *_) = make_picture(Asked(MARCH)).trends
    assert [point.n for point in resolution.points] == [7, 6, 1]
    assert not resolution.points[-1].final
    assert resolution.points[-1].value is None


@pytest.mark.usefixtures("desk")
def test_business_hours_take_the_place_of_all_hours() -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        seen = make_picture(Asked(MARCH, hours=Hours.BUSINESS))
    assert "ttr_full" not in seen.overview.figures
    assert seen.trends[0].metric.id == "ttr_full_business"


def test_an_empty_desk_has_no_picture(cast: Cast) -> None:
    seen = make_picture(Asked(DaySpan()))
    assert (seen.trends, seen.sides, seen.overview.began_at) == ((), (), None)


def test_spans_are_compared_with_as_many_days_before_and_the_same_weekdays_a_year_ago() -> None:
    week = DaySpan(date(2026, 3, 2), date(2026, 3, 9))
    assert before(week) == DaySpan(date(2026, 2, 23), date(2026, 3, 2))
    assert a_year_before(week) == DaySpan(date(2025, 3, 3), date(2025, 3, 10))


@pytest.mark.usefixtures("desk")
def test_a_backlog_is_not_compared_with_a_time_before_the_desk() -> None:
    with time_machine.travel(at("2026-03-20T12:00:00Z"), tick=False):
        level_the_cache()
        whole = make_picture(Asked(MARCH)).changes["backlog"]
        later = make_picture(Asked(DaySpan(date(2026, 3, 16), date(2026, 3, 21)))).changes[
            "backlog"
        ]
    assert whole == (None, None)
    assert later[0]
    assert later[0].words == "1 more"
