"""The resolution that a survey asks about, as the ledger tells it (METRICS.md 3, Attribution)."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.tickets.events import (
    Cause,
    ContactLogged,
    MessageReleased,
    MessageResent,
    ReplyVoided,
    StatusChanged,
    SurveySent,
    SurveySuppressed,
    Writer,
)
from app.tickets.history import TicketEvent
from app.tickets.ticket import DONE

TOLD = (SurveySent.kind, SurveySuppressed.kind)


@dataclass(frozen=True)
class Episode:
    """`seq` is that of the fact by which staff resolved the ticket.

    `agent_id` is whose reply was the last before it, not who pressed the button (`resolved_by_id`, 0 for
    nobody known);
    `is_told` says that the requester has had word of it.
    """

    seq: int
    agent_id: int | None
    resolved_by_id: int
    is_told: bool


def last_episode(ledger: Sequence[TicketEvent]) -> Episode | None:
    """The last resolution by staff among these facts, which come in their order."""
    resolution = next((row for row in reversed(ledger) if _resolves(row)), None)
    if resolution is None:
        return None
    return Episode(
        seq=resolution.seq,
        agent_id=_last_replier(ledger, before=resolution.seq),
        resolved_by_id=resolution.actor_id or 0,
        is_told=any(
            row.kind in TOLD and row.payload["episode"] == resolution.seq for row in ledger
        ),
    )


def _resolves(row: TicketEvent) -> bool:
    return (
        row.kind == StatusChanged.kind
        and row.payload["cause"] == Cause.AGENT
        and row.payload["to_category"] in DONE
        and row.payload["from_category"] not in DONE
    )


def _last_replier(ledger: Sequence[TicketEvent], *, before: int) -> int | None:
    voided: set[int] = set()
    for row in ledger:
        if row.kind == ReplyVoided.kind:
            voided.add(row.payload["message_id"])
        elif row.kind == MessageResent.kind:
            voided.discard(row.payload["message_id"])
    replies = [
        row.actor_id
        for row in ledger
        if row.seq < before
        and (
            (row.kind == ContactLogged.kind and row.payload["counts_as_reply"])
            or (row.kind == MessageReleased.kind and row.payload["author_kind"] == Writer.HUMAN)
        )
        and row.payload["message_id"] not in voided
    ]
    return replies[-1] if replies else None
