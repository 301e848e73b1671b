"""Where the definitions of METRICS.md 3 turn: one second more, one message more."""

from typing import Any

import pytest

from app.metrics.period import EVERYTHING, Period
from tests.metrics.stories import Story, at, later, report, summaries

CREATED, ANSWERED, SOLVED = (f"2026-03-02T{hour:02}:00:00Z" for hour in (8, 9, 10))
FAR_AHEAD = at("2026-12-31T00:00:00Z")


def figures(*stories: Story, as_of: Any = FAR_AHEAD, period: Any = EVERYTHING) -> dict[str, Any]:
    made = report(summaries(*stories, as_of=as_of), period=period, as_of=as_of)
    metrics: dict[str, Any] = made["metrics"]
    return metrics


def answered(number: int = 1) -> Story:
    return Story(number).created(CREATED).agent_replies(ANSWERED)


def solved(number: int = 1) -> Story:
    return answered(number).turns(SOLVED, "resolved")


def private_mail(story: Story) -> Story:
    message = {"message_id": 9, "author_kind": "participant", "is_auto_reply": False}
    return story.told("message.received", ANSWERED, public=False, **message)


def colleague(story: Story) -> Story:
    message = {"message_id": 9, "author_kind": "agent", "is_auto_reply": False}
    return story.told("message.received", ANSWERED, public=True, **message)


@pytest.mark.parametrize(
    ("story", "first_contact"),
    [
        (solved(), 1.0),
        (Story(1).created(CREATED).customer_writes(CREATED).agent_replies(ANSWERED), 1.0),
        (answered().customer_writes(ANSWERED), 0.0),
        (answered().customer_writes(ANSWERED, is_auto_reply=True), 1.0),
        (private_mail(answered()), 1.0),
        (colleague(answered()), 1.0),
        (solved().turns(later(SOLVED, hours=1), "open"), 0.0),
        (solved().turns(later(SOLVED, days=30), "open"), 0.0),
    ],
    ids=[
        "one reply",
        "a second mail before the reply",
        "a message after the reply",
        "an automatic one",
        "a private one",
        "one of ours",
        "reopened without a word",
        "reopened late",
    ],
)
def test_one_contact(story: Story, first_contact: float) -> None:
    if story.status != "resolved":
        story.turns(later(SOLVED, days=40), "resolved")
    assert figures(story)["fcr"]["value"] == first_contact


@pytest.mark.parametrize(
    ("created", "hidden_by", "first_contact"),
    [
        (SOLVED, None, 0.0),
        (later(SOLVED, days=7), None, 0.0),
        (later(SOLVED, days=7, seconds=1), None, 1.0),
        (later(SOLVED, seconds=-1), None, 1.0),
        (later(SOLVED, days=1), "spam.marked", 1.0),
        (later(SOLVED, days=1), "ticket.deleted", 1.0),
    ],
)
def test_a_follow_up_counts_for_a_week(
    created: str, hidden_by: str | None, first_contact: float
) -> None:
    follow_up = Story(2).created(created, follow_up_of=1)
    if hidden_by:
        follow_up.told(hidden_by, later(SOLVED, days=2))
    assert figures(solved(), follow_up)["fcr"]["value"] == first_contact
    assert figures(follow_up, solved())["fcr"]["value"] == first_contact


@pytest.mark.parametrize(
    ("reopened", "rate"),
    [(SOLVED, 1.0), (later(SOLVED, days=7), 1.0), (later(SOLVED, days=7, seconds=1), 0.0)],
)
def test_a_reopening_within_a_week_is_one(reopened: str, rate: float) -> None:
    story = solved().turns(reopened, "open")
    assert figures(story)["reopen_rate"]["value"] == rate


def test_a_reopening_a_second_after_a_week_still_moves_the_resolution() -> None:
    story = solved().turns(later(SOLVED, days=7, seconds=1), "open")
    assert figures(story)["ttr_full"]["n"] == 0
    assert figures(story)["ttr_first"]["n"] == 1


def test_a_rating_is_settled_after_two_weeks() -> None:
    story = solved().told("survey.sent", SOLVED, survey_id=1, episode=3)
    story.told("survey.answered", later(SOLVED, hours=1), survey_id=1, rating=4)

    def provisional(**after: float) -> int:
        count: int = figures(story, as_of=at(later(SOLVED, **after)))["csat"]["provisional"]
        return count

    assert provisional(days=14, seconds=-1) == 1
    assert provisional(days=14) == 0


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (CREATED, 0),
        (later(CREATED, seconds=1), 1),
        (SOLVED, 1),
        (later(SOLVED, seconds=1), 0),
    ],
)
def test_the_end_of_a_period_is_before_what_happens_at_that_instant(end: str, left: int) -> None:
    assert figures(solved(), period=Period(None, at(end)))["backlog"]["value"] == left


@pytest.mark.parametrize(("as_of", "left"), [(CREATED, 1), (SOLVED, 0)])
def test_now_is_after_what_happened_now(as_of: str, left: int) -> None:
    assert figures(solved(), as_of=at(as_of))["backlog"]["value"] == left


def test_a_ticket_that_came_solved_has_no_resolution_until_it_has_one() -> None:
    story = Story(1).created(CREATED, status="resolved").turns(ANSWERED, "open")
    assert figures(story)["ttr_first"]["n"] == 0
    assert figures(story.turns(SOLVED, "resolved"))["ttr_full"]["median"] == 7200
