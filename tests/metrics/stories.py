"""Tell the history of a ticket as METRICS.md tells it, line by line."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from app.metrics.counter import Counter, count
from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.period import Period
from app.metrics.sample import Sample
from app.metrics.histories.gathering import summarise
from app.metrics.histories.summary import TicketSummary


def at(text: str) -> datetime:
    """An instant as METRICS.md writes it: 2026-03-02T08:00:00Z."""
    return datetime.fromisoformat(text).astimezone(UTC)


class Story:
    """The ledger of one ticket, told in order; each line happens at its time and is known then."""

    def __init__(self, ticket_id: int) -> None:
        self.ticket_id = ticket_id
        self.events: list[LedgerEvent] = []
        self.status = "new"

    def created(self, when: str, **fields: Any) -> Self:
        first = {
            "channel": "mail",
            "status": "new",
            "priority": "normal",
            "requester_id": 7,
            "assignee_id": None,
            "tags": [],
            "agent_initiated": False,
            "requester_is_agent": False,
            "follow_up_of": None,
            "times_trusted": True,
        }
        self.status = fields.get("status", "new")
        return self.told("ticket.created", when, **first | fields)

    def customer_writes(self, when: str, *, is_auto_reply: bool = False) -> Self:
        return self.told(
            "message.received",
            when,
            message_id=self.next_seq,
            public=True,
            author_kind="requester",
            channel="mail",
            is_auto_reply=is_auto_reply,
        )

    def agent_replies(self, when: str) -> Self:
        return self.told("message.released", when, author_kind="human", **self._message())

    def machine_replies(self, when: str) -> Self:
        return self.told("message.released", when, author_kind="automation", **self._message())

    def turns(self, when: str, status: str) -> Self:
        before, self.status = self.status, status
        return self.told(
            "status.changed", when, from_category=before, to_category=status, cause="agent"
        )

    def told(self, kind: str, when: str, **payload: Any) -> Self:
        instant = at(when)
        event = LedgerEvent(self.ticket_id, self.next_seq, kind, instant, instant, payload)
        self.events.append(event)
        return self

    @property
    def next_seq(self) -> int:
        return len(self.events) + 1

    @property
    def last_seq(self) -> int:
        return len(self.events)

    def _message(self) -> dict[str, Any]:
        return {"message_id": self.next_seq, "channel": "mail"}


def summaries(*stories: Story, as_of: datetime) -> list[TicketSummary]:
    made = (summarise(story.events, as_of=as_of) for story in stories)
    return [summary for summary in made if summary]


def measured(
    counter: type[Counter], tickets: Iterable[TicketSummary], *, period: Period, as_of: datetime
) -> Sample:
    return count(tickets, by={"it": counter}, period=period, as_of=as_of)["it"]


def later(when: str, **delta: float) -> str:
    return (at(when) + timedelta(**delta)).isoformat()
