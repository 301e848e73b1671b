"""The metrics: what was counted as (ticket, value), and what was left out as (ticket, reason)."""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics.naive.known import DONE, FIRST, Known, Ledger, order

WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)
Answers = list[tuple[int, Any]]
Measure = Callable[[datetime, datetime], int]
BERLIN = ZoneInfo("Europe/Berlin")


def seconds(start: datetime, end: datetime) -> int:
    return int(end.timestamp()) - int(start.timestamp())


def office_seconds(start: datetime, end: datetime) -> int:
    """Nine to five in Berlin, day by day."""
    total, day = 0, start.astimezone(BERLIN).date()
    while day <= end.astimezone(BERLIN).date():
        if day.weekday() < 5:
            opens, closes = (_moment(day, hour) for hour in (9, 17))
            total += max(0, min(int(end.timestamp()), closes) - max(int(start.timestamp()), opens))
        day += timedelta(days=1)
    return total


def _moment(day: date, hour: int) -> int:
    return int(datetime.combine(day, time(hour), tzinfo=BERLIN).timestamp())


class SecondOpinion(Known):
    """Answers about a ledger as of an instant, for [start, end)."""

    def __init__(self, ledger: Ledger, start: datetime, end: datetime, as_of: datetime) -> None:
        super().__init__(ledger, as_of)
        self.start, self.end = start, end

    def within(self, instant: datetime | None) -> bool:
        return instant is not None and self.start <= instant < self.end

    def frt(self, measure: Measure = seconds) -> tuple[Answers, Answers, list[int]]:
        counted, out, waiting = [], [], []
        for t in filter(lambda t: self.within(self.t0(t)), self.tickets()):
            replies = self.human_replies(t)
            if self.reason(t, customers_only=True):
                out.append((t, self.reason(t, customers_only=True)))
            elif replies:
                counted.append((t, measure(self.t0(t), replies[0].occurred_at)))
            elif self.done_at_end(t):
                out.append((t, "closed_unanswered"))
            else:
                waiting.append(t)
        return counted, out, waiting

    def nrt(self, measure: Measure = seconds) -> tuple[Answers, Answers, list[int]]:
        """Walk through replies, contacts and resolutions of the ticket, one after the other."""
        counted, out, waiting = [], [], []
        for t in self.tickets():
            replies, contacts = self.human_replies(t), self.contacts(t)
            dones = self.crossing_events(t, into_done=True)
            steps = sorted(
                [*replies, *contacts, *dones],
                key=lambda e: (e.occurred_at, e.recorded_at, e.seq, e.ticket_id),
            )
            answered, since, turns = False, None, []
            for e in steps:
                if e in replies:
                    if since:
                        turns.append((since, e.occurred_at, "counted"))
                    answered, since = True, None
                elif e in contacts:
                    since = since or (e.occurred_at if answered else None)
                elif since:
                    turns.append((since, e.occurred_at, "closed_unanswered"))
                    since = None
            if since:
                turns.append(
                    (since, None, "closed_unanswered" if self.done_at_end(t) else "waiting")
                )
            for start, end, outcome in turns:
                if not self.within(start):
                    continue
                if self.reason(t):
                    out.append((t, self.reason(t)))
                elif outcome == "counted":
                    counted.append((t, measure(start, end)))
                elif outcome == "waiting":
                    waiting.append(t)
                else:
                    out.append((t, outcome))
        return counted, out, waiting

    def ttr(
        self, anchor: Callable[[int], datetime | None], measure: Measure = seconds
    ) -> tuple[Answers, Answers]:
        tickets = [t for t in self.tickets() if self.within(anchor(t))]
        counted = [t for t in tickets if not self.reason(t)]
        return (
            [(t, measure(self.t0(t), end)) for t in counted if (end := anchor(t))],
            [(t, self.reason(t)) for t in tickets if self.reason(t)],
        )

    def solved(self, value: Callable[[int, datetime], Any]) -> tuple[Answers, Answers]:
        """What is anchored like TTR-full, with another value."""
        solved = [(t, rf) for t in self.tickets() if (rf := self.rf(t)) and self.within(rf)]
        return (
            [(t, value(t, rf)) for t, rf in solved if not self.reason(t)],
            [(t, self.reason(t)) for t, rf in solved if self.reason(t)],
        )

    def time_in(self, categories: tuple[str, ...], measure: Measure) -> tuple[Answers, Answers]:
        def spent(t: int, rf: datetime) -> int:
            names = self.categories(t)
            begins = [self.t0(t), *(e.occurred_at for e in self.changes(t)), rf]
            return sum(
                measure(max(a, self.t0(t)), min(b, rf))
                for name, (a, b) in zip(names, pairwise(begins), strict=True)
                if name in categories and max(a, self.t0(t)) < min(b, rf)
            )

        return self.solved(spent)

    def replies(self) -> tuple[Answers, Answers]:
        return self.solved(lambda t, rf: sum(e.occurred_at <= rf for e in self.human_replies(t)))

    def reassignments(self) -> tuple[Answers, Answers]:
        return self.solved(
            lambda t, rf: sum(
                e.occurred_at <= rf
                and e.payload["from_id"] is not None
                and e.payload["from_id"] != e.payload["to_id"]
                for e in self.of(t, "assigned")
            )
        )

    def lifetime(self) -> tuple[Answers, Answers, Answers]:
        came = [t for t in self.tickets() if self.within(self.t0(t))]
        real = [t for t in came if not self.reason(t)]
        return (
            [
                (t, seconds(self.t0(t), self.rf(t) or self.came(t)))
                for t in real
                if self.done_at_end(t)
            ],
            [(t, self.reason(t)) for t in came if self.reason(t)],
            [(t, seconds(self.t0(t), self.as_of)) for t in real if not self.done_at_end(t)],
        )

    def open_age(self) -> tuple[Answers, Answers]:
        there = [t for t in self.tickets() if not self.done_at_end(t)]
        return (
            [(t, seconds(self.t0(t), self.as_of)) for t in there if not self.reason(t)],
            [(t, self.reason(t)) for t in there if self.reason(t)],
        )

    def responses(self) -> tuple[Answers, Answers]:
        sent = [
            (t, e)
            for t in self.tickets()
            for e in self.of(t, "survey.sent")
            if self.within(e.occurred_at)
        ]
        return (
            [(t, int(self.rating(t, e) is not None)) for t, e in sent if not self.reason(t)],
            [(t, self.reason(t)) for t, _ in sent if self.reason(t)],
        )

    def rating(self, t: int, sent: Any) -> int | None:
        ratings = [
            e.payload["rating"]
            for e in self.of(t, "survey.answered", "survey.revised")
            if e.payload["survey_id"] == sent.payload["survey_id"]
            and e.occurred_at - sent.occurred_at <= FORTNIGHT
        ]
        return ratings[-1] if ratings else None

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
        heard = self.together(t, "message.released", "message.received", "contact.logged")
        h1 = heard.index(self.human_replies(t)[0])
        if any(heard.index(e) > h1 for e in self.contacts(t)):
            return False
        if self.crossings(t, into_done=False):
            return False
        for other in self.tickets():
            created = self.first(other).payload
            same = created["requester_id"] == self.first(t).payload["requester_id"]
            real = not self.marked_spam(other) and not self.gone(other)
            soon = rf <= self.came(other) <= rf + WEEK
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
                rating = self.rating(t, sent)
                if rating is not None:
                    counted.append((t, rating))
        return counted, delivered

    def part(self, instant: datetime, key: str, wanted: Any) -> list[int]:
        """Who is on the desk and in the part of it: by what was said before the instant."""
        before = instant - timedelta.resolution
        on_desk, _ = self.backlog(instant)
        return [t for t in on_desk if is_in_part(self.said(t, key, before), wanted)]

    def moves(self, t: int, key: str, wanted: Any) -> list[tuple[datetime, str]]:
        """What took the ticket into the part and out of it, event by event.

        What is said at the instant at which it moves is true of the move already.
        """
        said, status, marks = self.first(t).payload.get(FIRST[key]), None, set[str]()
        said = set(said or ()) if key == "tag" else said
        found, was_in = [], False
        for e in sorted(
            self.events(t), key=lambda e: (e.occurred_at, e.kind not in SAYS, order(e))
        ):
            said = self.heard(said, e, key)
            if e in self.changes(t) or e.kind == "ticket.created":
                status = e.payload.get("to_category", e.payload.get("status"))
            if e.kind in MARKS:
                mark, on = MARKS[e.kind]
                (marks.add if on else marks.discard)(mark)
            is_on_desk = status is not None and status not in DONE and not marks
            is_in = is_on_desk and is_in_part(said, wanted)
            if is_in != was_in:
                names = MOVES.get(e.kind, ("came_in", "went_out"))
                found.append((e.occurred_at, names[0] if is_in else names[1]))
            was_in = is_in
        return found

    def backlog(self, instant: datetime) -> tuple[list[int], Answers]:
        on_desk = [t for t in self.tickets() if self.category_at(t, instant) not in (None, *DONE)]
        return (
            [t for t in on_desk if not self.hidden_at(t, instant)],
            [(t, self.hidden_at(t, instant)) for t in on_desk if self.hidden_at(t, instant)],
        )


def is_in_part(said: Any, wanted: Any) -> bool:
    """Whether what was said is what is wanted; of tags, whether it is one of them; None is nothing said."""
    if isinstance(said, set):
        return wanted in said if wanted else not said
    return bool(said == wanted)


MARKS = {
    "spam.marked": ("spam", True),
    "spam.unmarked": ("spam", False),
    "ticket.deleted": ("deleted", True),
    "ticket.restored": ("deleted", False),
    "merged_into": ("merged", True),
    "unmerged": ("merged", False),
}
MOVES = {
    "ticket.created": ("created", ""),
    "status.changed": ("reopened", "resolved"),
    **{kind: ("restored", mark) for kind, (mark, _) in MARKS.items()},
}
SAYS = ("team.changed", "assigned", "unassigned", "priority.changed", "tag.added", "tag.removed")


def percentile(values: list[int], p: float) -> int | None:
    return sorted(values)[math.ceil(round(p * len(values), 9)) - 1] if values else None


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's interval as the two roots of (share - p)^2 = z^2 p (1 - p) / n."""
    share, z2 = hits / n, 1.959964**2
    a, b, c = 1 + z2 / n, -(2 * share + z2 / n), share**2
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def km_median(events: list[int], losses: list[int]) -> int | None:
    """Time by time: of those who still wait, the share that waits on."""
    share = 1.0
    for time_s in sorted({*events}):
        waiting = sum(e >= time_s for e in events) + sum(c >= time_s for c in losses)
        share *= 1 - events.count(time_s) / waiting
        if share <= 0.5 + 1e-12:
            return time_s
    return None
