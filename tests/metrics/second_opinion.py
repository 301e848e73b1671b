"""The definitions of METRICS.md once more, as slow and plain as they are written there.

It shares no code with app/metrics: it asks the whole ledger anew for every question, so that the
two can only agree by both being right.
"""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
Ledger = dict[int, list[Any]]
Answers = list[tuple[int, Any]]


class SecondOpinion:
    """Answers about a ledger ({ticket: events}) as of an instant, for [start, end)."""

    def __init__(self, ledger: Ledger, start: datetime, end: datetime, as_of: datetime) -> None:
        self.ledger, self.start, self.end, self.as_of = ledger, start, end, as_of

    # What is known of a ticket

    def events(self, t: int) -> list[Any]:
        known = [e for e in self.ledger[t] if e.recorded_at <= self.as_of]
        return sorted(known, key=lambda e: (e.occurred_at, e.recorded_at, e.seq))

    def of(self, t: int, *kinds: str) -> list[Any]:
        return [e for e in self.events(t) if e.kind in kinds]

    def tickets(self) -> list[int]:
        return [t for t in self.ledger if self.of(t, "ticket.created")]

    def first(self, t: int) -> Any:
        return self.of(t, "ticket.created")[0]

    def t0(self, t: int) -> datetime:
        when: datetime = self.first(t).occurred_at
        return when

    def human_replies(self, t: int) -> list[Any]:
        gone = [e.payload["message_id"] for e in self.of(t, "message.cancelled", "reply.voided")]
        return [
            e
            for e in self.of(t, "message.released", "contact.logged")
            if (
                e.payload["direction"] == "out" and e.payload["counts_as_reply"]
                if e.kind == "contact.logged"
                else e.payload["author_kind"] == "human" and e.payload["message_id"] not in gone
            )
        ]

    def contacts(self, t: int) -> list[Any]:
        thanks = [e.payload["message_id"] for e in self.of(t, "reopen.dismissed")]
        calls = [e for e in self.of(t, "contact.logged") if e.payload["direction"] == "in"]
        return calls + [
            e
            for e in self.of(t, "message.received")
            if e.payload["public"]
            and not e.payload["is_auto_reply"]
            and e.payload["author_kind"] != "agent"
            and e.payload["message_id"] not in thanks
        ]

    def changes(self, t: int) -> list[Any]:
        dismissed = [e.payload["status_event_seq"] for e in self.of(t, "reopen.dismissed")]
        return [e for e in self.of(t, "status.changed") if e.seq not in dismissed]

    def categories(self, t: int) -> list[str]:
        """One category more than there are changes: the first is that of the creation."""
        return [self.first(t).payload["status"]] + [
            e.payload["to_category"] for e in self.changes(t)
        ]

    def crossings(self, t: int, *, into_done: bool) -> list[datetime]:
        done = [category in ("resolved", "closed") for category in self.categories(t)]
        steps = zip(done, done[1:], self.changes(t), strict=False)
        return [e.occurred_at for a, b, e in steps if a != b and b == into_done]

    def done_at_end(self, t: int) -> bool:
        return self.categories(t)[-1] in ("resolved", "closed")

    def rf(self, t: int) -> datetime | None:
        """The last resolution, if nothing undid it."""
        entries = self.crossings(t, into_done=True)
        return entries[-1] if entries and self.done_at_end(t) else None

    def reason(self, t: int, *, customers_only: bool = False) -> str | None:
        spam = [e.kind for e in self.of(t, "spam.marked", "spam.unmarked")]
        gone = [e.kind for e in self.of(t, "ticket.deleted", "ticket.restored")]
        created = self.first(t).payload
        reasons = [
            (spam[-1:] == ["spam.marked"], "spam"),
            (gone[-1:] == ["ticket.deleted"], "test_or_deleted"),
            (created["requester_is_agent"], "internal"),
            (not created["times_trusted"], "imported_no_times"),
            (customers_only and created["agent_initiated"], "agent_initiated"),
        ]
        return next((name for holds, name in reasons if holds), None)

    def hidden_at(self, t: int, instant: datetime) -> str | None:
        """Spam or deleted after all events before the instant."""
        before = [e.kind for e in self.events(t) if e.occurred_at < instant]
        spam = [kind for kind in before if kind.startswith("spam.")]
        gone = [kind for kind in before if kind in ("ticket.deleted", "ticket.restored")]
        if spam and spam[-1] == "spam.marked":
            return "spam"
        return "test_or_deleted" if gone and gone[-1] == "ticket.deleted" else None

    def category_at(self, t: int, instant: datetime) -> str | None:
        if not self.t0(t) < instant:
            return None
        happened = sum(e.occurred_at < instant for e in self.changes(t))
        return self.categories(t)[happened]

    # The metrics: what was counted as (ticket, value), and what was left out as (ticket, reason)

    def within(self, instant: datetime | None) -> bool:
        return instant is not None and self.start <= instant < self.end

    def frt(self) -> tuple[Answers, Answers, list[int]]:
        counted, out, waiting = [], [], []
        for t in filter(lambda t: self.within(self.t0(t)), self.tickets()):
            replies = self.human_replies(t)
            if self.reason(t, customers_only=True):
                out.append((t, self.reason(t, customers_only=True)))
            elif replies:
                counted.append((t, _seconds(self.t0(t), replies[0].occurred_at)))
            elif self.done_at_end(t):
                out.append((t, "closed_unanswered"))
            else:
                waiting.append(t)
        return counted, out, waiting

    def ttr(self, anchor: Callable[[int], datetime | None]) -> tuple[Answers, Answers]:
        tickets = [t for t in self.tickets() if self.within(anchor(t))]
        counted = [t for t in tickets if not self.reason(t)]
        return (
            [(t, _seconds(self.t0(t), anchor(t))) for t in counted],
            [(t, self.reason(t)) for t in tickets if self.reason(t)],
        )

    def r1(self, t: int) -> datetime | None:
        return next(iter(self.crossings(t, into_done=True)), None)

    def fcr(self, *, one_touch: bool) -> tuple[Answers, Answers]:
        counted, out = [], []
        for t in self.tickets():
            rf = self.rf(t)
            if rf is None or not self.within(rf):
                continue
            why = self.reason(t, customers_only=True)
            why = why or (None if self.human_replies(t) else "no_reply")
            why = why or (None if self.as_of >= rf + WEEK else "unsettled")
            if why:
                out.append((t, why))
                continue
            yes = self.one_contact(t, rf)
            if one_touch:
                yes = yes and len(self.human_replies(t)) == 1
            counted.append((t, int(yes)))
        return counted, out

    def one_contact(self, t: int, rf: datetime) -> bool:
        order = self.events(t)
        h1 = order.index(self.human_replies(t)[0])
        if any(order.index(e) > h1 for e in self.contacts(t)):
            return False
        if self.crossings(t, into_done=False):
            return False
        for other in self.tickets():
            created = self.first(other).payload
            same = created["requester_id"] == self.first(t).payload["requester_id"]
            real = self.reason(other) not in ("spam", "test_or_deleted")
            soon = rf <= self.t0(other) <= rf + WEEK
            if created["follow_up_of"] == t and same and real and soon:
                return False
        return True

    def reopens(self) -> tuple[Answers, Answers]:
        counted, out = [], []
        for t in self.tickets():
            entries = self.crossings(t, into_done=True)
            exits = self.crossings(t, into_done=False)
            if self.first(t).payload["status"] in ("resolved", "closed"):
                exits = exits[1:]
            for number, entry in enumerate(entries):
                if not self.within(entry):
                    continue
                if self.reason(t) or self.as_of < entry + WEEK:
                    out.append((t, self.reason(t) or "unsettled"))
                    continue
                left = exits[number] if number < len(exits) else None
                counted.append((t, int(left is not None and left - entry <= WEEK)))
        return counted, out

    def csat(self) -> tuple[Answers, int]:
        counted, delivered = [], 0
        for t in self.tickets():
            for sent in self.of(t, "survey.sent"):
                if self.reason(t) or not self.within(sent.occurred_at):
                    continue
                delivered += 1
                ratings = [
                    e.payload["rating"]
                    for e in self.of(t, "survey.answered", "survey.revised")
                    if e.payload["survey_id"] == sent.payload["survey_id"]
                    and e.occurred_at - sent.occurred_at <= FORTNIGHT
                ]
                if ratings:
                    counted.append((t, ratings[-1]))
        return counted, delivered

    def backlog(self, instant: datetime) -> tuple[list[int], Answers]:
        on_desk = [
            t
            for t in self.tickets()
            if self.category_at(t, instant) not in (None, "resolved", "closed")
        ]
        return (
            [t for t in on_desk if not self.hidden_at(t, instant)],
            [(t, self.hidden_at(t, instant)) for t in on_desk if self.hidden_at(t, instant)],
        )


def percentile(values: list[int], p: float) -> int | None:
    return sorted(values)[math.ceil(round(p * len(values), 9)) - 1] if values else None


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's interval as the two roots of (share - p)^2 = z^2 p (1 - p) / n."""
    share, z2 = hits / n, 1.959964**2
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share**2
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def _seconds(start: datetime, end: datetime | None) -> int:
    assert end is not None
    return int(end.timestamp()) - int(start.timestamp())
