"""The worked examples of METRICS.md 4 about merged and split tickets, and how the backlog adds up."""

from typing import Any

from app.metrics.period import EVERYTHING, Period
from tests.metrics.stories import Story, at, later, report, summaries


def made(*stories: Story, as_of: str = "2026-12-31T00:00:00Z", **more: Any) -> dict[str, Any]:
    known = at(as_of)
    tickets = summaries(*stories, as_of=known)
    return report(tickets, period=more.get("period", EVERYTHING), as_of=known)


def example_b(*, same_requester: bool = True) -> list[Story]:
    source = Story(201).created("2026-03-02T12:00:00Z").customer_writes("2026-03-02T12:00:00Z")
    source.told("merged_into", "2026-03-02T15:25:00Z", target_id=202, same_requester=same_requester)
    target = Story(202).created("2026-03-02T15:00:00Z", requester_id=7 if same_requester else 8)
    target.customer_writes("2026-03-02T15:00:00Z").agent_replies("2026-03-02T15:20:00Z")
    return [source, target.turns("2026-03-02T16:00:00Z", "resolved")]


def test_b_the_target_has_waited_since_the_earlier_ticket() -> None:
    metrics = made(*example_b())["metrics"]
    for hours in ("", "_business"):
        assert metrics[f"frt{hours}"]["values"] == [12000]
        assert metrics[f"ttr_full{hours}"]["values"] == [14400]
    assert metrics["frt"]["excluded"] == {"merged_away": 1}
    assert [metrics[rate]["value"] for rate in ("fcr", "one_touch")] == [1.0, 1.0]


def test_b_taken_apart_again_each_counts_for_itself() -> None:
    source, target = example_b()
    source.told("unmerged", "2026-03-03T09:00:00Z", target_id=202)
    apart = made(source, target, as_of="2026-03-03T09:00:00Z")["metrics"]
    assert (apart["frt"]["values"], apart["frt"]["waiting"]) == ([1200], 1)
    assert apart["ttr_full"]["values"] == [3600]
    assert apart["open_age"]["values"] == [75600]
    before = made(source, target, as_of="2026-03-02T23:00:00Z")["metrics"]
    assert (before["frt"]["values"], before["ttr_full"]["values"]) == ([12000], [14400])


def test_b_of_two_requesters_the_target_keeps_its_own_clock() -> None:
    metrics = made(*example_b(same_requester=False))["metrics"]
    assert (metrics["frt"]["values"], metrics["ttr_full"]["values"]) == ([1200], [3600])
    assert metrics["frt"]["excluded"] == {"merged_away": 1}


def test_b_a_contact_on_any_part_after_the_reply_is_a_second_contact() -> None:
    source, target = example_b()
    source.customer_writes("2026-03-02T15:21:00Z")
    metrics = made(source, target)["metrics"]
    assert metrics["fcr"]["value"] == 0.0
    assert metrics["nrt"]["excluded"] == {"closed_unanswered": 1}


def test_b_merged_in_by_way_of_another_counts_once() -> None:
    source, target = example_b()
    last = Story(203).created("2026-03-02T15:10:00Z").turns("2026-03-02T17:00:00Z", "resolved")
    target.told("merged_into", "2026-03-02T16:30:00Z", target_id=203, same_requester=True)
    metrics = made(source, target, last)["metrics"]
    assert metrics["ttr_full"]["values"] == [5 * 3600]
    assert metrics["frt"]["values"] == [12000]
    assert metrics["frt"]["excluded"] == {"merged_away": 2}


def test_k_a_split_ticket_has_waited_since_its_message_came() -> None:
    whole = Story(300).created("2026-03-02T08:00:00Z").agent_replies("2026-03-02T09:00:00Z")
    whole.customer_writes("2026-03-04T09:00:00Z")
    moved = whole.last_message
    assert made(whole)["metrics"]["nrt"]["waiting"] == 1
    whole.told("split_to", "2026-03-04T12:00:00Z", ticket_id=301, message_ids=[moved])
    part = Story(301).created(
        "2026-03-04T12:00:00Z", split_from=300, clock_start="2026-03-04T09:00:00Z"
    )
    part.agent_replies("2026-03-04T13:30:00Z")
    metrics = made(whole, part)["metrics"]
    assert metrics["frt"]["values"] == [3600, 16200]
    assert metrics["nrt"]["waiting"] == 0


def example_h() -> list[Story]:
    """Ten on the desk; 25 come, 22 are solved, three come back, two are spam, one is merged away."""
    old, week = "2026-03-01T08:00:00Z", "2026-03-03T08:00:00Z"
    stories = [Story(n).created(old) for n in range(1, 11)]
    stories += [Story(n).created(week) for n in range(11, 36)]
    for story in stories[:22]:
        story.turns(later(week, hours=2), "resolved")
    for story in stories[:3]:
        story.turns(later(week, hours=4), "open")
    for story in stories[22:24]:
        story.told("spam.marked", later(week, hours=5))
    merged = {"target_id": 35, "same_requester": False}
    stories[24].told("merged_into", later(week, hours=6), **merged)
    return stories


def test_h_the_backlog_adds_up() -> None:
    period = Period(at("2026-03-02T00:00:00Z"), at("2026-03-09T00:00:00Z"))
    whole = made(*example_h(), period=period)
    assert whole["backlog_identity"] == {
        "start": 10,
        "created": 25,
        "reopened": 3,
        "restored": 0,
        "resolved": 22,
        "spam": 2,
        "merged": 1,
        "deleted": 0,
        "end": 13,
    }
    assert whole["metrics"]["backlog"]["value"] == 13
    assert whole["metrics"]["backlog"]["excluded"] == {"merged_away": 1, "spam": 2}


def test_arrivals_are_counted_by_the_hour_of_the_zone() -> None:
    hours = made(Story(1).created("2026-03-02T08:30:00Z"))["arrivals"]
    assert hours[0][8] == 1
    assert sum(map(sum, hours)) == 1
