"""The worked examples of METRICS.md 4 about business hours, promises and those who still wait."""

from datetime import date
from typing import Any

import pytest

from app.metrics.definitions.deflection import Session, deflection
from app.metrics.definitions.measures import Measure, business_time, calendar_time
from app.metrics.definitions.service_level import Instance, Policy, Target, instances
from app.metrics.histories.summary import TicketSummary
from app.metrics.kaplan_meier import survival
from app.metrics.period import EVERYTHING
from app.worktime.hours import NINE_TO_FIVE
from app.worktime.measuring import DEFAULT, Calendars
from app.worktime.work_calendar import Version, WorkCalendar
from tests.metrics.stories import Story, at, by, later, report, summaries
from tests.metrics.test_worked_examples import example_a

FAR_AHEAD = at("2026-12-31T00:00:00Z")
ALWAYS = date(1970, 1, 1)


def figures(*stories: Story, as_of: Any = FAR_AHEAD) -> dict[str, Any]:
    tickets = summaries(*stories, as_of=as_of)
    metrics: dict[str, Any] = report(tickets, period=EVERYTHING, as_of=as_of)["metrics"]
    return metrics


def one(story: Story) -> TicketSummary:
    [ticket] = summaries(story, as_of=FAR_AHEAD)
    return ticket


def test_a_in_business_hours() -> None:
    made = figures(example_a())
    assert made["frt_business"]["median"] == 9000
    assert made["ttr_first_business"]["median"] == 39600
    assert made["ttr_full_business"]["median"] == 108000


@pytest.mark.parametrize("hours", ["", "_business"])
def test_a_turns(hours: str) -> None:
    nrt = figures(example_a())[f"nrt{hours}"]
    assert (nrt["values"], nrt["median"], nrt["p90"]) == ([7200, 21600], 7200, 21600)


@pytest.mark.parametrize("hours", ["", "_business"])
def test_a_agent_time(hours: str) -> None:
    assert figures(example_a())[f"agent_time{hours}"]["median"] == 37800
    assert figures(example_a())[f"requester_wait{hours}"]["median"] == 37800


@pytest.mark.parametrize(
    ("measure", "new", "waiting", "opened", "done", "all_of_it"),
    [
        (calendar_time, 9000, 81000, 28800, 162000, 280800),
        (business_time, 9000, 23400, 28800, 46800, 108000),
    ],
)
def test_a_time_in_states_adds_up(
    measure: Measure, new: int, waiting: int, opened: int, done: int, all_of_it: int
) -> None:
    ticket, reading = one(example_a()), by(EVERYTHING, FAR_AHEAD)
    spent: dict[str, int] = {}
    assert ticket.resolved_at
    for start_at, end_at, category in ticket.stays(until=ticket.resolved_at):
        seconds = measure(ticket, reading, start_at, end_at)
        spent[category] = spent.get(category, 0) + seconds
    assert spent == {"new": new, "waiting_customer": waiting, "open": opened, "resolved": done}
    assert sum(spent.values()) == all_of_it


def test_a_replies_and_who_is_credited() -> None:
    made = figures(example_a())
    assert (made["replies"]["median"], made["replies"]["unit"]) == (3, "count")
    assert made["reassignments"]["median"] == 0


def example_c() -> list[Story]:
    start = "2026-03-08T00:00:00Z"
    waits = (600, 1200, 3600)
    answered = [
        Story(n).created(start).agent_replies(later(start, seconds=wait))
        for n, wait in enumerate(waits, 1)
    ]
    times = ("2026-03-07T20:13:20Z", "2026-03-06T16:26:40Z", "2026-03-05T12:40:00Z")
    return answered + [Story(n).created(when) for n, when in enumerate(times, 4)]


def test_c_open_tickets_are_counted() -> None:
    frt = figures(*example_c(), as_of=at("2026-03-09T00:00:00Z"))["frt"]
    assert (frt["n"], frt["median"], frt["mean"], frt["p90"]) == (3, 1200, 1800, 3600)
    assert (frt["waiting"], frt["km_median"]) == (3, 3600)


def test_c_open_age() -> None:
    age = figures(*example_c()[3:], as_of=at("2026-03-09T00:00:00Z"))["open_age"]
    assert age["values"] == [100000, 200000, 300000]


def test_km_is_not_reached_while_most_wait() -> None:
    assert survival([5], [9, 9, 9]).median is None
    assert survival([], []).median is None
    # Events come before losses at a tie.
    assert survival([5, 5], [5, 5]).at(5).share == 0.5


def test_d_clocks_that_change_and_holidays() -> None:
    story = Story(1).created("2026-03-27T15:00:00Z").agent_replies("2026-03-30T08:00:00Z")
    made = figures(story)
    assert (made["frt"]["median"], made["frt_business"]["median"]) == (234000, 7200)


def test_e_a_calendar_of_its_own_counts_from_when_it_was_given() -> None:
    story = Story(1).created("2026-03-02T08:00:00Z")
    story.told("calendar.assigned", "2026-03-02T12:00:00Z", calendar_id=7, version=1)
    ticket = one(story.agent_replies("2026-03-02T20:00:00Z"))
    round_the_clock = WorkCalendar([Version(1, ALWAYS, "UTC", (((0, 1440),),) * 7)])
    office = WorkCalendar([Version(1, ALWAYS, "Europe/Berlin", NINE_TO_FIVE)])
    both = Calendars({DEFAULT: office, 7: round_the_clock})
    assert both.worked_s(ticket.t0, ticket.replies[0].at, ticket.calendars) == (4 + 8) * 3600


PROMISE = Policy(first_s=3600, resolution_s=8 * 3600)


def example_i() -> Story:
    story = Story(1).created("2026-03-02T15:30:00Z").agent_replies("2026-03-03T08:20:00Z")
    story.turns("2026-03-03T08:20:00Z", "waiting_customer")
    story.customer_writes("2026-03-04T08:00:00Z")
    return story.turns("2026-03-04T08:00:00Z", "open")


def promises(story: Story) -> dict[Target, Instance]:
    calendars = by(EVERYTHING, FAR_AHEAD).calendars
    return {each.target: each for each in instances(one(story), PROMISE, calendars)}


def test_i_a_first_reply_in_time() -> None:
    first = promises(example_i())[Target.FIRST]
    assert (first.due_at, first.is_met()) == (at("2026-03-03T08:30:00Z"), True)
    assert first.outcome_at == at("2026-03-03T08:20:00Z")


def test_i_the_clock_stops_while_we_wait_and_goes_on_with_what_is_left() -> None:
    resolution = promises(example_i())[Target.RESOLUTION]
    assert (resolution.due_at, resolution.used_s) == (at("2026-03-04T15:10:00Z"), 3000)
    late = promises(example_i().turns("2026-03-04T15:30:00Z", "resolved"))[Target.RESOLUTION]
    assert (late.due_at, late.used_s) == (at("2026-03-04T15:10:00Z"), 30000)
    assert (late.is_met(), late.is_breached(as_of=FAR_AHEAD)) == (False, True)
    assert late.outcome_at == at("2026-03-04T15:10:00Z")


def test_i_solving_early_does_not_save_the_promise() -> None:
    story = example_i().turns("2026-03-04T15:00:00Z", "resolved")
    early = promises(story)[Target.RESOLUTION]
    assert (early.used_s, early.is_met()) == (28200, True)
    story.turns("2026-03-05T10:00:00Z", "open").turns("2026-03-05T10:20:00Z", "resolved")
    again = promises(story)[Target.RESOLUTION]
    assert (again.due_at, again.used_s) == (at("2026-03-05T10:10:00Z"), 29400)
    assert again.is_breached(as_of=FAR_AHEAD)


def test_i_exactly_at_the_due_time_is_in_time() -> None:
    story = Story(1).created("2026-03-02T15:30:00Z").agent_replies("2026-03-03T08:30:00Z")
    assert promises(story)[Target.FIRST].is_met()


def test_service_levels_are_not_measured_yet_and_the_report_says_so() -> None:
    made = report([], period=EVERYTHING, as_of=FAR_AHEAD)
    assert {"sla", "deflection", "self_service"} == made["not_measured"].keys()


def test_m_deflection() -> None:
    start = at("2026-03-02T08:00:00Z")
    wrote = [Session(start, solved_at=start, wrote_at=[at("2026-03-05T08:00:00Z")])] * 8
    solved = [Session(start, solved_at=start, wrote_at=[at("2026-03-05T08:00:01Z")])] * 52
    submitted, left = [Session(start, submitted=True)] * 90, [Session(start)] * 50
    confirmed, bound = deflection([*wrote, *solved, *submitted, *left], as_of=FAR_AHEAD)
    assert confirmed.low and confirmed.high
    assert (confirmed.hits, confirmed.n, confirmed.value) == (52, 200, 0.26)
    assert [round(100 * each, 1) for each in (confirmed.low, confirmed.high)] == [20.4, 32.5]
    assert bound.value == 0.51
    assert deflection(left, as_of=start)[0].n == 0
