"""Metrics: summaries of tickets that know of each other: merged ones and follow-ups (METRICS.md 2.6 b)."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from app.metrics.histories.effective_history import effective_history, in_order
from app.metrics.histories.ledger_event import LedgerEvent
from app.metrics.histories.replaying import replay
from app.metrics.histories.summary import TicketSummary

Histories = Mapping[int, Sequence[LedgerEvent]]

_SPOKEN = frozenset({"message.received", "message.released", "message.resent", "contact.logged"})


def summarise(events: Iterable[LedgerEvent], *, as_of: datetime) -> TicketSummary | None:
    """The summary of a ticket that no other has to do with, or None when it did not exist yet."""
    return replay(effective_history(events, as_of=as_of))


def summarise_together(
    histories: Histories, *, as_of: datetime, wanted: Container[int] | None = None
) -> Iterator[TicketSummary]:
    """The summaries of tickets as of an instant, in order of number.

    The histories hold every ticket that was merged into a wanted one, and every follow-up of it.
    A ticket of the same requester that was merged in gives its messages and its T0 to the target;
    the target's own resolutions count.
    """
    effective = {
        number: effective_history(events, as_of=as_of) for number, events in histories.items()
    }
    entangled = _merged_in(effective)
    followers = _follow_ups(effective)
    for number in sorted(effective):
        if wanted is not None and number not in wanted:
            continue
        own, parts = effective[number], _parts(number, entangled, effective)
        spoken = [event for part in parts for event in effective[part] if event.kind in _SPOKEN]
        summary = replay(
            sorted([*own, *spoken], key=in_order) if spoken else own,
            t0=min((_t0(effective[part]) for part in parts), default=None),
            followed_up_at=_came(followers.get(number, ()), after=own),
        )
        if summary:
            yield summary


def pointer(history: Iterable[LedgerEvent]) -> tuple[int, bool] | None:
    """Where a ticket was merged into, and whether both are of the same requester."""
    found = None
    for event in history:
        if event.kind == "merged_into":
            found = (event.payload["target_id"], event.payload["same_requester"])
        elif event.kind == "unmerged":
            found = None
    return found


def _merged_in(effective: Histories) -> dict[int, list[int]]:
    """By target, the tickets of the same requester that were merged into it."""
    found = defaultdict(list)
    for number, history in effective.items():
        if any(event.kind == "merged_into" for event in history):
            into = pointer(history)
            if into and into[1] and not _is_hidden(history):
                found[into[0]].append(number)
    return found


def _parts(number: int, merged_in: Mapping[int, list[int]], effective: Histories) -> list[int]:
    """Every ticket that came into this one, directly or by another, each once."""
    found: list[int] = []
    waiting = [*merged_in.get(number, ())]
    while waiting:
        part = waiting.pop()
        if part != number and part not in found and effective[part]:
            found.append(part)
            waiting += merged_in.get(part, ())
    return found


def _follow_ups(effective: Histories) -> dict[int, list[TicketSummary]]:
    found = defaultdict(list)
    for history in effective.values():
        first = next((e for e in history if e.kind == "ticket.created"), None)
        if first and first.payload["follow_up_of"] is not None:
            follow_up = replay(history)
            if follow_up and not follow_up.spam and not follow_up.deleted:
                found[first.payload["follow_up_of"]].append(follow_up)
    return found


def _came(follow_ups: Iterable[TicketSummary], *, after: Iterable[LedgerEvent]) -> list[datetime]:
    """When those of the same requester came, in order."""
    first = next((e for e in after if e.kind == "ticket.created"), None)
    requester = first.payload["requester_id"] if first else None
    return sorted(each.created_at for each in follow_ups if each.requester_id == requester)


def _t0(history: Sequence[LedgerEvent]) -> datetime:
    first = next(event for event in history if event.kind == "ticket.created")
    started = first.payload.get("clock_start")
    return datetime.fromisoformat(started) if started else first.occurred_at


def _is_hidden(history: Sequence[LedgerEvent]) -> bool:
    """Spam and deleted tickets bring nothing in."""
    alone = replay(history)
    return alone is None or alone.spam or alone.deleted
