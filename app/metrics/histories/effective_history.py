"""Metrics: the history of a ticket that figures are made from (METRICS.md 2.6)."""

from collections.abc import Callable, Iterable
from datetime import datetime

from app.metrics.histories.ledger_event import LedgerEvent


def effective_history(events: Iterable[LedgerEvent], *, as_of: datetime) -> list[LedgerEvent]:
    """The events of one ticket that count as of an instant, in the order of METRICS.md 2.3.

    Left out: what was recorded later than `as_of`; replies that were cancelled or voided by a
    bounce; reopens that were dismissed as "just thanks", with the message that caused them; messages
    that were split off to another ticket.  Spam and deletion are states in time and stay in; the
    summary carries them.  What merges bring in is added in `gathering.py`.
    """
    known = [event for event in events if event.recorded_at <= as_of]
    lost = _lost(known)
    return sorted((event for event in known if not lost(event)), key=in_order)


def in_order(event: LedgerEvent) -> tuple[datetime, datetime, int, int]:
    """The order of METRICS.md 2.3; of two merged tickets, the one with the lower number goes first."""
    return (event.occurred_at, event.recorded_at, event.seq, event.ticket_id)


def _lost(events: list[LedgerEvent]) -> Callable[[LedgerEvent], bool]:
    """Which of the events a later correction took out of the history."""
    kinds = {event.kind for event in events}
    if kinds.isdisjoint(_CORRECTIONS):
        return lambda event: False
    taken_back = {e.payload["message_id"]: e.seq for e in events if e.kind in _TAKEN_BACK}
    dismissals = [e.payload for e in events if e.kind == "reopen.dismissed"]
    reopens = {dismissal["status_event_seq"] for dismissal in dismissals}
    gone = {dismissal["message_id"] for dismissal in dismissals}
    for event in events:
        if event.kind == "split_to":
            gone.update(event.payload["message_ids"])

    def lost(event: LedgerEvent) -> bool:
        match event.kind:
            case "message.released" | "message.resent":  # what was sent again after a bounce counts
                return event.seq < taken_back.get(event.payload["message_id"], 0)
            case "message.received":
                return event.payload["message_id"] in gone
            case "status.changed":
                return event.seq in reopens
            case _:
                return False

    return lost


_TAKEN_BACK = frozenset({"message.cancelled", "reply.voided"})
_CORRECTIONS = frozenset({*_TAKEN_BACK, "reopen.dismissed", "split_to"})
