"""Tell the history of a ticket as METRICS.md tells it, line by line."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from app.metrics.counting import Count
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import Reading
from app.metrics.histories.gathering import summarise_together
from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import Period
from app.metrics.reports.report import report as make_report
from app.metrics.sample import Sample
from app.worktime.measuring import DEFAULT, Calendars
from app.worktime.work_calendar import usual


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
            message_id=self.ticket_id * 1000 + self.next_seq,
            public=True,
            author_kind="requester",
            channel="mail",
            is_auto_reply=is_auto_reply,
        )

    def agent_replies(self, when: str, *, by_id: int = 1) -> Self:
        return self.told("message.released", when, by_id, author_kind="human", **self._message())

    def machine_replies(self, when: str) -> Self:
        return self.told("message.released", when, author_kind="automation", **self._message())

    def turns(self, when: str, status: str) -> Self:
        before, self.status = self.status, status
        return self.told(
            "status.changed", when, from_category=before, to_category=status, cause="agent"
        )

    def told(self, kind: str, when: str, by_id: int | None = None, **payload: Any) -> Self:
        instant = at(when)
        event = LedgerEvent(self.ticket_id, self.next_seq, kind, instant, instant, payload, by_id)
        self.events.append(event)
        return self

    @property
    def next_seq(self) -> int:
        return len(self.events) + 1

    @property
    def last_seq(self) -> int:
        return len(self.events)

    def _message(self) -> dict[str, Any]:
        return {"message_id": self.ticket_id * 1000 + self.next_seq, "channel": "mail"}

    @property
    def last_message(self) -> int:
        """The id of the message that was told last."""
        return self.ticket_id * 1000 + self.last_seq


def summaries(*stories: Story, as_of: datetime) -> list[TicketSummary]:
    histories = {story.ticket_id: story.events for story in stories}
    return [*summarise_together(histories, as_of=as_of)]


def by(period: Period, as_of: datetime) -> Reading:
    """How the worked examples are read: with Berlin's office hours."""
    return Reading(period, as_of, Calendars({DEFAULT: usual("Europe/Berlin")}))


def report(
    tickets: Iterable[TicketSummary], *, period: Period, as_of: datetime, **more: Any
) -> dict[str, Any]:
    return make_report(tickets, by=by(period, as_of), **more)


def measured(
    metric: str, tickets: Iterable[TicketSummary], *, period: Period, as_of: datetime
) -> Sample:
    count = Count(by(period, as_of), metrics=[CATALOGUE[metric]])
    for ticket in tickets:
        count.see(ticket)
    return count.samples[metric]


def later(when: str, **delta: float) -> str:
    return (at(when) + timedelta(**delta)).isoformat()
