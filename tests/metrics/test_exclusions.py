"""Who is left out of which figure, by name (METRICS.md 2.8)."""

from typing import Any

import pytest

from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.period import EVERYTHING
from tests.metrics.stories import Story, at, report, summaries

AS_OF = at("2026-12-31T00:00:00Z")


def solved(**fields: Any) -> Story:
    story = Story(1).created("2026-03-02T08:00:00Z", **fields)
    story.agent_replies("2026-03-02T09:00:00Z")
    return story.turns("2026-03-02T10:00:00Z", "resolved")


def excluded(story: Story) -> dict[str, dict[str, int]]:
    metrics = report(summaries(story, as_of=AS_OF), period=EVERYTHING, as_of=AS_OF)["metrics"]
    return {name: figure["excluded"] for name, figure in metrics.items() if figure["excluded"]}


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (solved().told("spam.marked", "2026-03-03T08:00:00Z"), "spam"),
        (solved().told("ticket.deleted", "2026-03-03T08:00:00Z", reason="test"), "test_or_deleted"),
        (solved(requester_is_agent=True), "internal"),
        (solved(times_trusted=False), "imported_no_times"),
        (
            solved().told(
                "ticket.imported", "2026-03-02T08:00:00Z", source="x", times_trusted=False
            ),
            "imported_no_times",
        ),
    ],
)
def test_a_common_reason_leaves_a_ticket_out_of_every_figure_of_tickets(
    story: Story, reason: str
) -> None:
    of_surveys_and_desk = {"csat", "response_rate", "backlog", "open_age", "nrt", "nrt_business"}
    counted = CATALOGUE.keys() - of_surveys_and_desk
    assert excluded(story) == {name: {reason: 1} for name in counted}


def test_a_first_contact_of_ours_is_out_of_first_response_and_first_contact_only() -> None:
    assert excluded(solved(agent_initiated=True)) == {
        name: {"agent_initiated": 1} for name in ("frt", "frt_business", "fcr", "one_touch")
    }


def test_what_is_unmarked_and_restored_counts_again() -> None:
    story = solved().told("spam.marked", "2026-03-03T08:00:00Z")
    story.told("ticket.deleted", "2026-03-03T09:00:00Z", reason="test")
    story.told("spam.unmarked", "2026-03-04T08:00:00Z")
    story.told("ticket.restored", "2026-03-04T08:00:00Z")
    assert excluded(story) == {}


def test_spam_on_the_desk_is_listed_beside_the_backlog() -> None:
    story = Story(1).created("2026-03-02T08:00:00Z").told("spam.marked", "2026-03-02T09:00:00Z")
    assert excluded(story) == {
        name: {"spam": 1} for name in ("frt", "frt_business", "lifetime", "open_age", "backlog")
    }


def test_closed_without_an_answer_is_named_and_counted_as_work() -> None:
    story = Story(1).created("2026-03-02T08:00:00Z").turns("2026-03-02T10:00:00Z", "closed")
    metrics = report(summaries(story, as_of=AS_OF), period=EVERYTHING, as_of=AS_OF)["metrics"]
    assert metrics["frt"]["excluded"] == {"closed_unanswered": 1}
    assert metrics["fcr"]["excluded"] == {"no_reply": 1}
    assert (metrics["ttr_full"]["n"], metrics["ttr_full"]["without_reply"]) == (1, 1)


def test_suppressed_surveys_are_counted_apart() -> None:
    story = solved().told("survey.suppressed", "2026-03-03T08:00:00Z", reason="throttle", episode=3)
    csat = report(summaries(story, as_of=AS_OF), period=EVERYTHING, as_of=AS_OF)["metrics"]["csat"]
    assert (csat["n"], csat["delivered"], csat["suppressed"], csat["value"]) == (0, 0, 1, None)
