"""The worked examples of METRICS.md section 4 that are built, as event histories."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.metrics.figures import nearest_rank, rate, whole_mean
from app.metrics.period import EVERYTHING, day_of, months, period_of_days
from tests.metrics.stories import Story, at, later, report, summaries

FAR_AHEAD = at("2026-12-31T00:00:00Z")


def figures(*stories: Story, as_of: Any = FAR_AHEAD, period: Any = EVERYTHING) -> dict[str, Any]:
    tickets = summaries(*stories, as_of=as_of)
    metrics: dict[str, Any] = report(tickets, period=period, as_of=as_of)["metrics"]
    return metrics


def percent(figure: dict[str, Any]) -> Sequence[float]:
    return [round(100 * figure[key], 1) for key in ("value", "low", "high")]


def example_a() -> Story:
    return (
        Story(101)
        .created("2026-03-02T08:00:00Z")
        .customer_writes("2026-03-02T08:00:00Z")
        .machine_replies("2026-03-02T08:00:05Z")
        .agent_replies("2026-03-02T10:30:00Z")
        .turns("2026-03-02T10:30:00Z", "waiting_customer")
        .customer_writes("2026-03-03T09:00:00Z")
        .turns("2026-03-03T09:00:00Z", "open")
        .agent_replies("2026-03-03T11:00:00Z")
        .turns("2026-03-03T11:00:00Z", "resolved")
        .customer_writes("2026-03-05T08:00:00Z")
        .turns("2026-03-05T08:00:00Z", "open")
        .agent_replies("2026-03-05T14:00:00Z")
        .turns("2026-03-05T14:00:00Z", "resolved")
    )


def test_a_the_acknowledgement_is_no_first_response() -> None:
    frt = figures(example_a())["frt"]
    assert (frt["median"], frt["n"], frt["unit"]) == (9000, 1, "s")


def test_a_both_times_to_resolution_are_kept() -> None:
    made = figures(example_a())
    assert made["ttr_first"]["median"] == 97200
    assert made["ttr_full"]["median"] == 280800


def test_a_a_second_contact_is_no_first_contact_resolution() -> None:
    made = figures(example_a())
    assert [made[key]["value"] for key in ("fcr", "one_touch")] == [0.0, 0.0]
    assert [made[key]["n"] for key in ("fcr", "one_touch")] == [1, 1]


def test_a_one_of_two_resolutions_was_reopened_once_settled() -> None:
    settled = figures(example_a(), as_of=at("2026-03-12T14:00:00Z"))["reopen_rate"]
    assert (settled["value"], settled["n"]) == (0.5, 2)
    before = figures(example_a(), as_of=at("2026-03-12T13:59:59Z"))["reopen_rate"]
    assert (before["n"], before["excluded"]) == (1, {"unsettled": 1})


def test_a_before_the_reopen_the_resolution_is_provisional() -> None:
    made = figures(example_a(), as_of=at("2026-03-04T00:00:00Z"))
    assert (made["ttr_full"]["median"], made["ttr_full"]["provisional"]) == (97200, 1)
    assert (made["fcr"]["n"], made["fcr"]["excluded"]) == (0, {"unsettled": 1})


def test_a_the_backlog_follows_the_reopen() -> None:
    def on_desk(end_on: str) -> int:
        period = period_of_days(None, at(end_on).date(), zone=ZoneInfo("UTC"))
        value: int = figures(example_a(), period=period)["backlog"]["value"]
        return value

    assert [on_desk(f"2026-03-0{day}T00:00:00Z") for day in (2, 3, 4, 5, 6)] == [0, 1, 0, 0, 0]
    assert figures(example_a(), as_of=at("2026-03-05T08:00:00Z"))["backlog"]["value"] == 1
    assert figures(example_a(), as_of=at("2026-03-05T14:00:00Z"))["backlog"]["value"] == 0


def surveyed(number: int, *ratings: int) -> Story:
    story = Story(number).created("2026-03-02T08:00:00Z").agent_replies("2026-03-02T09:00:00Z")
    story.turns("2026-03-02T09:00:00Z", "resolved")
    story.told("survey.sent", "2026-03-03T09:00:00Z", survey_id=number, episode=3)
    for day, rating in enumerate(ratings, start=4):
        kind = "survey.answered" if day == 4 else "survey.revised"
        story.told(kind, f"2026-03-{day:02}T10:00:00Z", survey_id=number, rating=rating)
    return story


def example_f() -> list[Story]:
    ratings = [5] * 7 + [4] * 2 + [3, 2, 1]
    answered = [surveyed(number, rating) for number, rating in enumerate(ratings)]
    return answered + [surveyed(number) for number in range(len(ratings), 40)]


def test_f_satisfaction_has_interval_response_rate_and_mean() -> None:
    csat = figures(*example_f())["csat"]
    assert percent(csat) == [75.0, 46.8, 91.1]
    assert (csat["n"], csat["hits"], csat["delivered"]) == (12, 9, 40)
    assert csat["response_rate"] == pytest.approx(0.3)
    assert round(csat["mean_rating"], 2) == 4.08


def test_f_a_changed_answer_counts_once_as_last_given() -> None:
    csat = figures(surveyed(1, 2, 5))["csat"]
    assert (csat["value"], csat["n"], csat["mean_rating"]) == (1.0, 1, 5.0)


def test_f_an_answer_after_two_weeks_does_not_count() -> None:
    late = surveyed(1).told("survey.answered", "2026-03-17T09:00:01Z", survey_id=1, rating=5)
    in_time = surveyed(2).told("survey.answered", "2026-03-17T09:00:00Z", survey_id=2, rating=5)
    csat = figures(late, in_time)["csat"]
    assert (csat["n"], csat["delivered"]) == (1, 2)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (9, 12, 46.8, 91.1),
        (90, 120, 66.6, 81.9),
        (2, 2, 34.2, 100.0),
        (0, 3, 0.0, 56.1),
        (9, 10, 59.6, 98.2),
        (80, 100, 71.1, 86.7),
    ],
)
def test_f_other_intervals(hits: int, n: int, low: float, high: float) -> None:
    made = rate(hits, n)
    assert made.low is not None and made.high is not None
    assert (round(100 * made.low, 1), round(100 * made.high, 1)) == (low, high)


def answered(number: int, **fields: Any) -> Story:
    created = Story(number).created("2026-03-02T08:00:00Z", requester_id=number, **fields)
    return created.agent_replies("2026-03-02T09:00:00Z")


def example_g() -> list[Story]:
    end = "2026-03-02T12:00:00Z"
    a = answered(1).turns(end, "resolved")
    b = answered(2).agent_replies("2026-03-02T11:00:00Z").turns(end, "resolved")
    c = answered(3).customer_writes("2026-03-02T10:00:00Z").agent_replies(end)
    c.turns(end, "resolved")
    d = answered(4).turns(end, "resolved").customer_writes("2026-03-03T08:00:00Z")
    thanks = d.last_message
    d.turns("2026-03-03T08:00:00Z", "open")
    d.told(
        "reopen.dismissed",
        "2026-03-03T09:00:00Z",
        status_event_seq=d.last_seq,
        message_id=thanks,
    )
    d.turns("2026-03-03T09:00:00Z", "resolved")
    e = answered(5).turns(end, "resolved")
    follow_up = Story(15).created(later(end, days=3), requester_id=5, follow_up_of=5)
    f = Story(6).created("2026-03-02T08:00:00Z", requester_id=6).turns(end, "closed")
    return [a, b, c, d, e, f, follow_up]


def test_g_first_contact_resolution() -> None:
    fcr = figures(*example_g())["fcr"]
    assert percent(fcr) == [60.0, 23.1, 88.2]
    assert (fcr["n"], fcr["hits"], fcr["excluded"]) == (5, 3, {"no_reply": 1})


def test_g_one_touch() -> None:
    one_touch = figures(*example_g())["one_touch"]
    assert one_touch["value"] == pytest.approx(0.4)
    assert (one_touch["n"], one_touch["excluded"]) == (5, {"no_reply": 1})


def test_g_a_dismissed_thanks_neither_reopens_nor_resolves_again() -> None:
    made = figures(*example_g())
    assert made["reopen_rate"]["hits"] == 0
    assert made["reopen_rate"]["n"] == 6
    assert made["ttr_full"]["median"] == 4 * 3600


def test_g_a_follow_up_by_somebody_else_changes_nothing() -> None:
    *stories, follow_up = example_g()
    stranger = Story(15).created("2026-03-05T12:00:00Z", requester_id=99, follow_up_of=5)
    assert figures(*stories, stranger)["fcr"]["hits"] == 4
    assert figures(*stories, follow_up)["fcr"]["hits"] == 3


def test_l_the_mean_hides_the_skew() -> None:
    seconds = [300, 420, 540, 600, 900, 1200, 1500, 2400, 7200, 259200]
    start = "2026-03-02T08:00:00Z"
    stories = [
        Story(number).created(start).agent_replies(later(start, seconds=wait))
        for number, wait in enumerate(seconds)
    ]
    frt = figures(*stories)["frt"]
    assert (frt["mean"], frt["median"], frt["p90"], frt["n"]) == (27426, 900, 7200, 10)
    assert (nearest_rank(seconds, percent=50), whole_mean(sum(seconds), len(seconds))) == (
        900,
        27426,
    )


def test_o_the_month_of_a_ticket_depends_on_the_reporting_zone() -> None:
    story = Story(1).created("2026-03-31T22:30:00Z").agent_replies("2026-03-31T23:00:00Z")

    def created_in(zone: ZoneInfo) -> list[int]:
        march_to_april = months(at("2026-03-01T12:00Z").date(), at("2026-05-01").date(), zone=zone)
        return [figures(story, period=month)["frt"]["n"] for month in march_to_april]

    assert created_in(ZoneInfo("UTC")) == [1, 0]
    assert created_in(ZoneInfo("Europe/Berlin")) == [0, 1]
    assert day_of(at("2026-03-31T22:30:00Z"), zone=ZoneInfo("Europe/Berlin")).month == 4
