"""What is known of a message, beside its words, because it came by mail."""

from dataclasses import dataclass
from datetime import datetime

from app.tickets.fact import Match


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """The mail that becomes a message.  `at` is when it reached us, by METRICS.md 2.2.

    `whole` is its text with what it quotes.  An `automatic` mail was answered by a machine, and moves
    nothing; a `quiet` one must not be answered by one; a `doubtful` one may be from somebody else.
    """

    inbound_id: int
    at: datetime
    match: Match
    whole: str = ""
    automatic: bool = False
    quiet: bool = False
    doubtful: bool = False
