"""Facts about a ticket that its mail brings: what was held back for a person to look at."""

from dataclasses import dataclass
from typing import ClassVar

from app.tickets.fact import TicketFact


@dataclass(frozen=True, kw_only=True)
class MatchQuarantined(TicketFact):
    """A mail that says it belongs here waits until somebody has looked at it."""

    kind: ClassVar[str] = "match.quarantined"
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class MatchConfirmed(TicketFact):
    """Staff said that it belongs here: it is this message now."""

    kind: ClassVar[str] = "match.confirmed"
    claim_id: int
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MatchRejected(TicketFact):
    """Staff said that it does not: it became another ticket, or nothing."""

    kind: ClassVar[str] = "match.rejected"
    claim_id: int


@dataclass(frozen=True, kw_only=True)
class MessageResent(TicketFact):
    """A reply that had not arrived is sent again, and counts from now."""

    kind: ClassVar[str] = "message.resent"
    message_id: int
