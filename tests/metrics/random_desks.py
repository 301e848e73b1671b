"""Whole desks at random: a few tickets, each with a history that a desk could really write."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from app.metrics.histories.ledger_event import LedgerEvent
from tests.metrics.stories import at

OPENING = at("2026-03-02T00:00:00Z")
STATUSES = ("new", "open", "waiting_customer", "waiting_third", "resolved", "closed")
ACTS = (
    "reply",
    "reply",
    "automatic reply",
    "cancel",
    "bounce",
    "customer",
    "auto-reply",
    "private mail",
    "call in",
    "call out",
    "call missed",
    "turn",
    "turn",
    "answer and solve",
    "answer and solve",
    "solve",
    "reopen",
    "thanks",
    "spam",
    "not spam",
    "delete",
    "restore",
    "survey",
    "rate",
    "assign",
    "unassign",
    "team",
    "tag",
    "untag",
    "priority",
    "merge",
    "unmerge",
)
# Mail may be late: an event is recorded in its turn, but it may have happened before others.
LATENESS_S = (0, 0, 0, 0, 30, 7_200, 86_400)
# Gaps meet the edges of the definitions on purpose: no time at all, and W to the second.
GAPS_S = (0, 0.4, 1, 60, 5_000, 90_000, 7 * 86_400 - 1, 7 * 86_400, 7 * 86_400 + 1, 14 * 86_400)

Ledger = dict[int, list[LedgerEvent]]


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    count = draw(st.integers(1, 4))
    return {number: draw(_histories(number, count)) for number in range(1, count + 1)}


def instants() -> st.SearchStrategy[datetime]:
    steps = st.integers(0, 70 * 24).map(lambda hours: OPENING + timedelta(hours=hours))
    return steps | st.sampled_from(GAPS_S).map(lambda s: OPENING + timedelta(seconds=s))


@st.composite
def _histories(draw: st.DrawFn, number: int, count: int) -> list[LedgerEvent]:
    writer = _Writer(number, draw(instants()), count)
    writer.create(
        status=draw(st.sampled_from(("new", "new", "new", "open", "resolved"))),
        requester_id=draw(st.integers(1, 2)),
        follow_up_of=draw(st.none() | st.integers(1, count)),
        **{
            flag: draw(st.integers(0, 9)) == 0 for flag in ("agent_initiated", "requester_is_agent")
        },
        times_trusted=draw(st.integers(0, 9)) > 0,
    )
    acts = st.tuples(*map(st.sampled_from, (ACTS, GAPS_S, STATUSES, LATENESS_S)))
    for act, gap_s, status, late_s in draw(st.lists(acts, max_size=12)):
        writer.wait(gap_s)
        writer.late_s = late_s
        writer.act(act, status)
    return writer.events


class _Writer:
    def __init__(self, ticket_id: int, start_at: datetime, count: int) -> None:
        self.count = count
        self.assignee: int | None = None
        self.ticket_id, self.clock = ticket_id, start_at
        self.events: list[LedgerEvent] = []
        self.status, self.late_s = "new", 0

    def create(self, **fields: Any) -> None:
        self.status = fields["status"]
        self.write("ticket.created", **fields)

    def wait(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)

    def act(self, name: str, status: str) -> None:
        match name:
            case "reply" | "automatic reply":
                author_kind = "human" if name == "reply" else "automation"
                self.write("message.released", message_id=self.message_id, author_kind=author_kind)
            case "customer" | "auto-reply" | "private mail":
                self.receive(name)
            case "call in" | "call out" | "call missed":
                self.write(
                    "contact.logged",
                    message_id=self.message_id,
                    channel="phone",
                    direction="in" if name == "call in" else "out",
                    counts_as_reply=name == "call out",
                )
            case "cancel" | "bounce":
                self.take_back("message.cancelled" if name == "cancel" else "reply.voided")
            case "turn":
                self.turn(status)
            case "solve":
                self.turn("resolved")
            case "answer and solve":
                self.write("message.released", message_id=self.message_id, author_kind="human")
                self.turn("resolved")
            case "reopen":
                self.receive("customer")
                self.turn("open")
            case "thanks":
                self.dismiss()
            case "survey":
                self.write("survey.sent", survey_id=self.message_id, episode=1)
            case "rate":
                self.rate(1 + STATUSES.index(status) % 5)
            case "assign" | "unassign":
                self.assign(STATUSES.index(status) % 3 if name == "assign" else None)
            case "team":
                number = STATUSES.index(status) % 3
                self.write("team.changed", to_team="Third" if number else "", to_team_id=None)
            case "tag" | "untag":
                kind = "tag.added" if name == "tag" else "tag.removed"
                self.write(kind, tag=("printer", "billing")[STATUSES.index(status) % 2])
            case "priority":
                self.write("priority.changed", to_priority=("low", "urgent")[len(status) % 2])
            case "merge":
                self.merge(same_requester=STATUSES.index(status) > 0)
            case _:
                self.write(KINDS[name])

    def assign(self, to: int | None) -> None:
        before, self.assignee = self.assignee, to
        if to is None:
            self.write("unassigned", from_id=before)
        else:
            self.write("assigned", from_id=before, to_id=to)

    def merge(self, *, same_requester: bool) -> None:
        """Into the next ticket: no circle can come of that."""
        if self.ticket_id < self.count:
            target = self.ticket_id + 1
            self.write("merged_into", target_id=target, same_requester=same_requester)

    def receive(self, name: str) -> None:
        self.write(
            "message.received",
            message_id=self.message_id,
            public=name != "private mail",
            author_kind="requester",
            is_auto_reply=name == "auto-reply",
        )

    def take_back(self, kind: str) -> None:
        if sent := [e for e in self.events if e.kind == "message.released"]:
            self.write(kind, message_id=sent[-1].payload["message_id"])

    def turn(self, status: str) -> None:
        if status != self.status:
            before, self.status = self.status, status
            self.write("status.changed", from_category=before, to_category=status)

    def dismiss(self) -> None:
        last = self.events[-1]
        if last.kind == "status.changed" and last.payload["to_category"] == "open":
            message_id = self.events[-2].payload.get("message_id")
            before = last.payload["from_category"]
            self.write("reopen.dismissed", status_event_seq=last.seq, message_id=message_id)
            if before in ("resolved", "closed"):
                self.turn(before)

    def rate(self, rating: int) -> None:
        if sent := [e for e in self.events if e.kind == "survey.sent"]:
            survey_id = sent[-1].payload["survey_id"]
            self.write("survey.answered", survey_id=survey_id, rating=rating)

    def write(self, kind: str, **payload: Any) -> None:
        earliest = self.events[0].occurred_at if self.events else self.clock
        when = max(earliest, self.clock - timedelta(seconds=self.late_s))
        by_id = 1 + self.seq % 3
        self.events.append(
            LedgerEvent(self.ticket_id, self.seq, kind, when, self.clock, payload, by_id)
        )

    @property
    def message_id(self) -> int:
        return 1000 * self.ticket_id + self.seq

    @property
    def seq(self) -> int:
        return len(self.events) + 1


KINDS = {
    "spam": "spam.marked",
    "not spam": "spam.unmarked",
    "delete": "ticket.deleted",
    "restore": "ticket.restored",
    "unmerge": "unmerged",
}
