"""What counts as history as of an instant (METRICS.md 2.2, 2.6; worked examples J and N)."""

from typing import Any

from app.metrics.histories.effective_history import effective_history
from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.period import EVERYTHING
from tests.metrics.stories import Story, at, report, summaries

CREATED = "2026-03-02T09:00:00Z"


def frt(story: Story, *, as_of: str) -> dict[str, Any]:
    tickets = summaries(story, as_of=at(as_of))
    figure: dict[str, Any] = report(tickets, period=EVERYTHING, as_of=at(as_of))["metrics"]["frt"]
    return figure


def example_j() -> Story:
    story = Story(1).created(CREATED).agent_replies("2026-03-02T10:00:00Z")
    story.told("message.cancelled", "2026-03-02T10:00:07Z", message_id=story.last_message)
    story.agent_replies("2026-03-02T10:05:00Z")
    story.told(
        "reply.voided", "2026-03-02T10:06:00Z", message_id=story.last_message, reason="hard_bounce"
    )
    return story.agent_replies("2026-03-02T11:00:00Z")


def test_j_cancelled_and_bounced_replies_are_no_answer() -> None:
    assert frt(example_j(), as_of="2026-03-03T00:00:00Z")["median"] == 7200


def test_j_before_the_bounce_was_known_the_reply_counted() -> None:
    assert frt(example_j(), as_of="2026-03-02T10:05:30Z")["median"] == 3900


def test_j_after_the_bounce_the_ticket_waits_again() -> None:
    figure = frt(example_j(), as_of="2026-03-02T10:06:30Z")
    assert (figure["n"], figure["median"], figure["waiting"]) == (0, None, 1)


def test_n_a_late_mail_exists_from_when_we_learned_of_it() -> None:
    created = Story(1).created("2026-03-02T08:00:00Z").events[0]
    late = Story(1)
    late.events = [created._replace(recorded_at=at("2026-03-02T10:00:00Z"))]
    assert summaries(late, as_of=at("2026-03-02T09:30:00Z")) == []
    late.agent_replies("2026-03-02T10:30:00Z")
    assert frt(late, as_of="2026-03-02T10:15:00Z")["waiting"] == 1
    assert frt(late, as_of="2026-03-02T11:00:00Z")["median"] == 9000


def test_events_are_ordered_by_when_they_happened_then_when_they_were_known_then_number() -> None:
    first, second, third = at("2026-03-02T08:00Z"), at("2026-03-02T09:00Z"), at("2026-03-02T10:00Z")

    def event(seq: int, occurred_at: Any, recorded_at: Any) -> LedgerEvent:
        return LedgerEvent(1, seq, "note.added", occurred_at, recorded_at, {})

    events = [event(3, first, third), event(1, second, second), event(4, first, second)]
    events.append(event(2, first, third))
    assert [e.seq for e in effective_history(events, as_of=third)] == [4, 2, 3, 1]
