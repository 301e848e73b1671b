"""Metrics: questions that a suggestion answered before they became tickets (METRICS.md 3, Deflection).  Pure.

Nothing records such sessions yet, so the report says "not measured yet"; this is the rule that it will use.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.metrics.figures import Rate, rate

QUIET_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Session:
    """A form that showed suggestions, and what came of it.

    `solved_at` is when "this solved it" was clicked; `wrote_at` are the tickets and mails of the same
    person; `submitted` says that the form was sent after all.
    """

    began_at: datetime
    solved_at: datetime | None = None
    submitted: bool = False
    wrote_at: Sequence[datetime] = ()

    @property
    def is_confirmed(self) -> bool:
        """Said to be solved, and nothing came in 72 hours."""
        if self.solved_at is None:
            return False
        last = self.solved_at + QUIET_FOR
        return not any(self.solved_at <= at <= last for at in self.wrote_at)

    @property
    def is_abandoned(self) -> bool:
        """Left without a word: perhaps solved, perhaps not."""
        return self.solved_at is None and not self.submitted


def deflection(sessions: Iterable[Session], *, as_of: datetime) -> tuple[Rate, Rate]:
    """The share of settled sessions that were confirmed solved, and the upper bound with abandoned ones."""
    settled = [each for each in sessions if as_of >= each.began_at + QUIET_FOR]
    confirmed = sum(each.is_confirmed for each in settled)
    abandoned = sum(each.is_abandoned for each in settled)
    return rate(confirmed, len(settled)), rate(confirmed + abandoned, len(settled))
