"""Metrics: what the figures need to know of one ticket, and nothing else."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

DONE = frozenset({"resolved", "closed"})


class Hidden(StrEnum):
    """Why a ticket is not on the desk though nobody solved it (METRICS.md 3, Backlog)."""

    SPAM = "spam"
    TEST_OR_DELETED = "test_or_deleted"
    MERGED_AWAY = "merged_away"


class Stage(NamedTuple):
    """Where the ticket stands from an instant on, until the next stage."""

    at: datetime
    category: str
    hidden: Hidden | None

    @property
    def is_done(self) -> bool:
        """Solved or closed."""
        return self.category in DONE

    @property
    def on_desk(self) -> bool:
        """Whether it is in the backlog."""
        return self.hidden is None and self.category not in DONE


class Fields(NamedTuple):
    """What figures can be filtered by.  A team is its id, or its name where it has none here."""

    team: int | str | None
    assignee: int | None
    priority: str | None
    channel: str | None
    queue: int | str | None
    type: int | str | None
    organisation: int | None
    tags: tuple[str, ...]


class Reply(NamedTuple):
    """A human reply and who wrote it."""

    at: datetime
    agent_id: int | None


class Turn(NamedTuple):
    """After the first reply: the first contact without an answer, and how the wait for one ended.

    `ended_at` is None while it lasts; `answered` is False where the ticket was done without a reply.
    """

    start_at: datetime
    ended_at: datetime | None
    answered: bool
    agent_id: int | None


class Resolution(NamedTuple):
    """One resolution instance, and the reopen that ended it, if any (METRICS.md 2.7)."""

    at: datetime
    reopened_at: datetime | None


class Answer(NamedTuple):
    """A rating from 1 to 5 given to a survey."""

    at: datetime
    rating: int


class Survey(NamedTuple):
    """A survey that was sent, whom it asks about, and its answers in order."""

    survey_id: int
    sent_at: datetime
    agent_id: int | None
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
    `as_of` later.  Times are aware UTC.  `t0` is when the customer first wrote, `created_at` when the
    ticket came to the desk; they differ after merges and splits.  `stages` and `fields` begin at
    `created_at`.  `followed_up_at` is when follow-up tickets of the same requester came.
    """

    ticket_id: int
    requester_id: int | None
    follow_up_of: int | None
    t0: datetime
    created_at: datetime
    replies: tuple[Reply, ...]
    turns: tuple[Turn, ...]
    stages: tuple[Stage, ...]
    fields: tuple[tuple[datetime, Fields], ...]
    reassigned_at: tuple[datetime, ...]
    surveys: tuple[Survey, ...]
    suppressed_surveys: tuple[datetime, ...]
    followed_up_at: tuple[datetime, ...]
    calendars: tuple[tuple[datetime, int], ...]
    merged_into: int | None
    spam: bool
    deleted: bool
    internal: bool
    times_trusted: bool
    agent_initiated: bool
    first_resolved_at: datetime | None = field(init=False, compare=False)
    """R1: the first resolution instance."""
    resolved_at: datetime | None = field(init=False, compare=False)
    """RF: the last resolution instance, unless a reopen ended it."""

    def __post_init__(self) -> None:
        """Look the resolutions up once: nearly every figure asks for them."""
        steps = pairwise(self.stages)
        solved = [b.at for a, b in steps if b.category in DONE and a.category not in DONE]
        lasting = solved and self.stages[-1].category in DONE
        object.__setattr__(self, "first_resolved_at", solved[0] if solved else None)
        object.__setattr__(self, "resolved_at", solved[-1] if lasting else None)

    @property
    def category(self) -> str:
        """Where it stands now."""
        return self.stages[-1].category

    @property
    def contact_after_reply(self) -> bool:
        """Whether the customer had to write again after the first reply."""
        return bool(self.turns)

    @property
    def first_reply(self) -> Reply | None:
        """H1: the first human reply."""
        return self.replies[0] if self.replies else None

    @property
    def resolutions(self) -> list[Resolution]:
        """Every resolution instance, in order."""
        steps = [(b.at, b.is_done) for a, b in pairwise(self.stages) if a.is_done != b.is_done]
        ends = [at for at, done in steps if not done]
        starts = [at for at, done in steps if done]
        if self.stages[0].is_done:
            ends = ends[1:]
        padded: list[datetime | None] = [*ends, None]
        return [Resolution(at, end) for at, end in zip(starts, padded, strict=False)]

    @property
    def reopens(self) -> list[datetime]:
        """Every reopen, in order."""
        return [b.at for a, b in pairwise(self.stages) if a.is_done and not b.is_done]

    def credited(self, *, until: datetime) -> int | None:
        """Who answered last by then: the one that a solution is credited to (METRICS.md 3)."""
        done = [reply.agent_id for reply in self.replies if reply.at <= until]
        return done[-1] if done else None

    def stage_before(self, instant: datetime) -> Stage | None:
        """Where it stood after every event before the instant, if it was there."""
        place = bisect_right(self.stages, instant, key=lambda stage: stage.at)
        while place and self.stages[place - 1].at >= instant:
            place -= 1
        return self.stages[place - 1] if place else None

    def fields_at(self, instant: datetime) -> Fields:
        """What was said about it at that instant; before it was there, what was said first."""
        if len(self.fields) == 1:
            return self.fields[0][1]
        place = bisect_right(self.fields, instant, key=lambda change: change[0])
        return self.fields[max(place - 1, 0)][1]

    def stays(self, *, until: datetime) -> Iterator[tuple[datetime, datetime, str]]:
        """The stretches of its stages from T0 to an instant: start, end, category; no empty one.

        What lies before the ticket was created counts as its first category.
        """
        begins = [self.t0, *(stage.at for stage in self.stages[1:]), until]
        for stage, (start_at, end_at) in zip(self.stages, pairwise(begins), strict=True):
            start_at, end_at = max(start_at, self.t0), min(end_at, until)
            if start_at < end_at:
                yield start_at, end_at, stage.category
