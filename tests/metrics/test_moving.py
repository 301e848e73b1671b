"""The backlog step by step and as a sum is that of a replay, of the whole desk and of its parts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
import time_machine

from app.accounts import teams
from app.core import clock
from app.core.settings import settings
from app.core.uow import unit_of_work
from app.metrics.asking import where_asked
from app.metrics.caches.going_back import end_of
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import Reading
from app.metrics.filtering import Where
from app.metrics.histories import ledger
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import Picture, make_picture
from app.metrics.reports.flow import Flow, FlowCounter
from app.metrics.reports.moves import Move
from app.metrics.reports.report import report
from app.tickets import resolving, triaging
from app.tickets.ticket import Priority
from app.worktime.calendars import calendars
from tests.metrics.desks import happening, level_the_cache
from tests.metrics.stories import at
from tests.metrics.test_going_back import random_desks, work_out, write_down
from tests.support import make
from tests.support.cast import Cast

PARTS = (
    (), ("team=Third",), ("team=none",), ("tag=printer",), ("tag=none",), ("assignee=1",), ("agent=2",),
    ("assignee=1", "assignee=2", "tag=billing"), ("priority=urgent", "team=Third"),
)  # fmt: skip
DAYS = (
    DaySpan(date(2026, 3, 3), date(2026, 3, 17)),
    DaySpan(date(2026, 3, 28), date(2026, 4, 2)),  # clocks change
    DaySpan(date(2026, 3, 2), date(2026, 6, 15)),
    DaySpan(date(2026, 4, 1), None),
    DaySpan(None, date(2026, 4, 3)),
    DaySpan(),
)


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"reporting_zone": "Europe/Berlin"}


def replayed(seen: Picture, where: Where, *, as_of: datetime) -> tuple[dict[str, Any], list[Flow]]:
    zone = settings().zone
    by = Reading(seen.asked.days.period(zone=zone), as_of, calendars(as_of=as_of))
    counter = FlowCounter(seen.overview.steps, as_of=as_of, where=where)
    tickets = ledger.all_summaries(as_of=as_of)
    return report(tickets, by=by, zone=zone, where=where, beside=[counter]), counter.flows


def assert_agrees(
    days: DaySpan, *conditions: str, as_of_on: date | None = None
) -> Mapping[str, int]:
    where = where_asked(conditions)
    seen = make_picture(Asked(days, where=where, as_of_on=as_of_on))
    as_of = end_of(as_of_on) if as_of_on else clock.now()
    told, flows = replayed(seen, where, as_of=as_of)
    assert seen.identity == told["backlog_identity"]
    assert seen.identity["end"] == seen.overview.figures["backlog"]["value"]
    assert seen.flows == flows
    assert seen.arrivals == told["arrivals"]
    return seen.identity


@pytest.fixture
def desk(cast: Cast) -> None:
    """Random desks side by side, long after the last of them."""
    with time_machine.travel(at("2027-03-01T00:00:00Z"), tick=False):
        with unit_of_work():
            write_down(random_desks(), cast.customer.id)
        level_the_cache()


@pytest.mark.usefixtures("desk")
def test_every_move_of_a_part_is_that_of_a_replay() -> None:
    with time_machine.travel(at("2027-03-01T00:00:00Z"), tick=False):
        seen = [assert_agrees(days, *conditions) for conditions in PARTS for days in DAYS]
    assert {name for each in seen for name, n in each.items() if n} >= {*Move}


@pytest.mark.usefixtures("desk")
def test_and_so_it_was_then() -> None:
    with time_machine.travel(at("2027-03-01T00:00:00Z"), tick=False):
        for then in (date(2026, 3, 10), date(2026, 4, 20)):
            work_out(then)
            for conditions in PARTS:
                for days in (DAYS[0], DAYS[-1]):
                    assert_agrees(days, *conditions, as_of_on=then)


@pytest.fixture
def billing_id(cast: Cast) -> int:
    with unit_of_work():
        return teams.make_team(name="Billing", by=None).id


def told_of_billing(days: DaySpan) -> dict[str, int]:
    """What happened to the team's part, where anything did."""
    with time_machine.travel(at("2026-03-05T12:00:00Z"), tick=False):
        level_the_cache()
        return {name: n for name, n in assert_agrees(days, "team=Billing").items() if n}


def test_what_is_said_at_the_instant_of_a_move_is_true_of_it(cast: Cast, billing_id: int) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
        with unit_of_work():
            triaging.change_team(ticket, to=billing_id, by=cast.agent)
    with happening("2026-03-03T08:00:00Z"):
        resolving.resolve(ticket, by=cast.agent)
        triaging.change_team(ticket, to=None, by=cast.agent)
    assert told_of_billing(DaySpan()) == {"created": 1, "went_out": 1}


def test_what_comes_and_goes_within_a_second_is_told(cast: Cast, billing_id: int) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        tickets = [make.ticket(cast.customer) for _ in range(3)]
    for ticket in tickets:
        with happening("2026-03-03T08:00:00Z"):
            for to in (billing_id, None, billing_id):
                triaging.change_team(ticket, to=to, by=cast.agent)
            triaging.change_priority(ticket, to=Priority.URGENT, by=cast.agent)
    with happening("2026-03-04T08:00:00Z"):
        resolving.resolve(tickets[0], by=cast.agent)
    third_of_march = DaySpan(date(2026, 3, 3), date(2026, 3, 4))
    assert told_of_billing(third_of_march) == {"came_in": 6, "went_out": 3, "end": 3}
    assert told_of_billing(DaySpan(date(2026, 3, 4))) == {"start": 3, "resolved": 1, "end": 2}


def test_the_backlog_of_a_part_is_compared_with_what_it_was(cast: Cast, billing_id: int) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        tickets = [make.ticket(cast.customer) for _ in range(4)]
    for day, ticket in enumerate(tickets[:3], start=3):
        with happening(f"2026-03-0{day}T08:00:00Z"):
            triaging.change_team(ticket, to=billing_id, by=cast.agent)
    with time_machine.travel(at("2026-03-05T12:00:00Z"), tick=False):
        level_the_cache()
        days = DaySpan(date(2026, 3, 4), date(2026, 3, 6))
        seen = make_picture(Asked(days, where=where_asked(["team=Billing"])))
    before, a_year_before = seen.changes["backlog"]
    assert before and before.words == "2 more"
    assert a_year_before is None
