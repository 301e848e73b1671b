"""What is known of the tickets of a ledger as of an instant, asked anew for every question."""

from datetime import datetime
from typing import Any

Ledger = dict[int, list[Any]]
DONE = ("resolved", "closed")


class Known:
    """A ledger ({ticket: events}) as of an instant."""

    def __init__(self, ledger: Ledger, as_of: datetime) -> None:
        self.ledger, self.as_of = ledger, as_of

    def events(self, t: int) -> list[Any]:
        """The ticket's own events in order."""
        known = [e for e in self.ledger.get(t, []) if e.recorded_at <= self.as_of]
        return sorted(known, key=order)

    def of(self, t: int, *kinds: str) -> list[Any]:
        return [e for e in self.events(t) if e.kind in kinds]

    def tickets(self) -> list[int]:
        return [t for t in self.ledger if self.of(t, "ticket.created")]

    def first(self, t: int) -> Any:
        return self.of(t, "ticket.created")[0]

    def came(self, t: int) -> datetime:
        when: datetime = self.first(t).occurred_at
        return when

    # Merges

    def merged_into(self, t: int) -> tuple[int, bool] | None:
        last = self.of(t, "merged_into", "unmerged")[-1:]
        if not last or last[0].kind == "unmerged":
            return None
        return last[0].payload["target_id"], last[0].payload["same_requester"]

    def family(self, t: int) -> list[int]:
        """The ticket and those of the same requester that came into it."""
        parts = [
            s
            for s in self.tickets()
            if self.merged_into(s) == (t, True) and not self.marked_spam(s) and not self.gone(s)
        ]
        return [t, *(each for part in parts for each in self.family(part))]

    def t0(self, t: int) -> datetime:
        return min(self.came(each) for each in self.family(t))

    def together(self, t: int, *kinds: str) -> list[Any]:
        """The events of these kinds of the whole family, in order."""
        return sorted((e for each in self.family(t) for e in self.of(each, *kinds)), key=order)

    # What people said

    def human_replies(self, t: int) -> list[Any]:
        gone = self.together(t, "message.cancelled", "reply.voided")
        gone_ids = [e.payload["message_id"] for e in gone]
        return [
            e
            for e in self.together(t, "message.released", "contact.logged")
            if (
                e.payload["direction"] == "out" and e.payload["counts_as_reply"]
                if e.kind == "contact.logged"
                else e.payload["author_kind"] == "human" and e.payload["message_id"] not in gone_ids
            )
        ]

    def contacts(self, t: int) -> list[Any]:
        thanks = [e.payload["message_id"] for e in self.together(t, "reopen.dismissed")]
        return [
            e
            for e in self.together(t, "message.received", "contact.logged")
            if (
                e.payload["direction"] == "in"
                if e.kind == "contact.logged"
                else e.payload["public"]
                and not e.payload["is_auto_reply"]
                and e.payload["author_kind"] != "agent"
                and e.payload["message_id"] not in thanks
            )
        ]

    # Where it stood

    def changes(self, t: int) -> list[Any]:
        dismissed = [e.payload["status_event_seq"] for e in self.of(t, "reopen.dismissed")]
        return [e for e in self.of(t, "status.changed") if e.seq not in dismissed]

    def categories(self, t: int) -> list[str]:
        """One category more than there are changes: the first is that of the creation."""
        return [self.first(t).payload["status"]] + [
            e.payload["to_category"] for e in self.changes(t)
        ]

    def crossings(self, t: int, *, into_done: bool) -> list[datetime]:
        return [e.occurred_at for e in self.crossing_events(t, into_done=into_done)]

    def crossing_events(self, t: int, *, into_done: bool) -> list[Any]:
        done = [category in DONE for category in self.categories(t)]
        steps = zip(done, done[1:], self.changes(t), strict=False)
        return [e for a, b, e in steps if a != b and b == into_done]

    def done_at_end(self, t: int) -> bool:
        return self.categories(t)[-1] in DONE

    def rf(self, t: int) -> datetime | None:
        """The last resolution, if nothing undid it."""
        entries = self.crossings(t, into_done=True)
        return entries[-1] if entries and self.done_at_end(t) else None

    def r1(self, t: int) -> datetime | None:
        return next(iter(self.crossings(t, into_done=True)), None)

    def marked_spam(self, t: int, until: datetime | None = None) -> bool:
        return self._last(t, until, "spam.marked", "spam.unmarked") == "spam.marked"

    def gone(self, t: int, until: datetime | None = None) -> bool:
        return self._last(t, until, "ticket.deleted", "ticket.restored") == "ticket.deleted"

    def merged_away(self, t: int, until: datetime | None = None) -> bool:
        return self._last(t, until, "merged_into", "unmerged") == "merged_into"

    def _last(self, t: int, until: datetime | None, *kinds: str) -> str | None:
        """The kind of the last event of these before an instant, or at all."""
        found = [e.kind for e in self.of(t, *kinds) if until is None or e.occurred_at < until]
        return found[-1] if found else None

    def reason(self, t: int, *, customers_only: bool = False) -> str | None:
        created = self.first(t).payload
        reasons = [
            (self.marked_spam(t), "spam"),
            (self.merged_away(t), "merged_away"),
            (self.gone(t), "test_or_deleted"),
            (created["requester_is_agent"], "internal"),
            (not created["times_trusted"], "imported_no_times"),
            (customers_only and created["agent_initiated"], "agent_initiated"),
        ]
        return next((name for holds, name in reasons if holds), None)

    def hidden_at(self, t: int, instant: datetime) -> str | None:
        """Spam, merged away or deleted after all events before the instant."""
        if self.marked_spam(t, instant):
            return "spam"
        if self.merged_away(t, instant):
            return "merged_away"
        return "test_or_deleted" if self.gone(t, instant) else None

    def category_at(self, t: int, instant: datetime) -> str | None:
        if not self.came(t) < instant:
            return None
        happened = sum(e.occurred_at < instant for e in self.changes(t))
        return self.categories(t)[happened]

    # What was said about it

    def said(self, t: int, key: str, instant: datetime) -> Any:
        """Team, assignee, priority or tags at an instant; before it came, what was said first."""
        created = self.first(t)
        value = created.payload.get(FIRST[key])
        value = set(value or ()) if key == "tag" else value
        for e in self.events(t):
            if e.occurred_at > max(instant, created.occurred_at):
                break
            value = self.heard(value, e, key)
        return value

    def heard(self, value: Any, e: Any, key: str) -> Any:
        """What is said after an event, if this was said before it."""
        match e.kind, key:
            case "team.changed", "team":
                return e.payload["to_team_id"] or e.payload["to_team"] or None
            case (("assigned" | "unassigned"), "assignee"):
                return e.payload.get("to_id")
            case "priority.changed", "priority":
                return e.payload["to_priority"]
            case "tag.added", "tag":
                return value | {e.payload["tag"]}
            case "tag.removed", "tag":
                return value - {e.payload["tag"]}
        return value


FIRST = {"team": "team_id", "assignee": "assignee_id", "priority": "priority", "tag": "tags"}


def order(event: Any) -> tuple[Any, ...]:
    return (event.occurred_at, event.recorded_at, event.seq, event.ticket_id)
