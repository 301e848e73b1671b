"""Metrics: what the figures need to know of one ticket, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Hidden(StrEnum):
    """Why an unresolved ticket is not in the backlog (METRICS.md 3, Backlog)."""

    SPAM = "spam"
    TEST_OR_DELETED = "test_or_deleted"


@dataclass(frozen=True, slots=True)
class Resolution:
    """One resolution instance, and the reopen that ended it, if any (METRICS.md 2.7)."""

    at: datetime
    reopened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time in which the ticket was not Done: [start, end), no end while it lasts."""

    start_at: datetime
    end_at: datetime | None
    hidden: Hidden | None

    def covers(self, instant: datetime) -> bool:
        """True when the ticket was in this spell after every event before the instant."""
        return self.start_at < instant and (self.end_at is None or instant <= self.end_at)


@dataclass(frozen=True, slots=True)
class Answer:
    """A rating from 1 to 5 given to a survey."""

    at: datetime
    rating: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey that was sent, and its answers in order."""

    survey_id: int
    sent_at: datetime
    answers: tuple[Answer, ...]

    def rating_within(self, window: timedelta) -> int | None:
        """The last rating given within the window after sending, if any."""
        return next(
            (a.rating for a in reversed(self.answers) if a.at <= self.sent_at + window), None
        )


@dataclass(frozen=True, slots=True)
class TicketSummary:
    """The symbols of METRICS.md 2.7 for one ticket; a pure function of its effective history.

    It does not depend on when it is read: whether a figure is settled is asked of the report's
    `as_of` later.  Times are aware UTC.
    """

    ticket_id: int
    requester_id: int | None
    follow_up_of: int | None
    created_at: datetime
    replies: tuple[datetime, ...]
    contact_after_reply: bool
    resolutions: tuple[Resolution, ...]
    reopens: tuple[datetime, ...]
    spells: tuple[Spell, ...]
    surveys: tuple[Survey, ...]
    suppressed_surveys: tuple[datetime, ...]
    category: str
    spam: bool
    deleted: bool
    internal: bool
    times_trusted: bool
    agent_initiated: bool

    @property
    def first_reply_at(self) -> datetime | None:
        """H1: the first human reply."""
        return self.replies[0] if self.replies else None

    @property
    def first_resolved_at(self) -> datetime | None:
        """R1: the first resolution instance."""
        return self.resolutions[0].at if self.resolutions else None

    @property
    def resolved_at(self) -> datetime | None:
        """RF: the last resolution instance, unless a reopen ended it."""
        if not self.resolutions or self.resolutions[-1].reopened_at:
            return None
        return self.resolutions[-1].at
