"""Metrics: what took tickets onto the desk and off it; the backlog adds up (METRICS.md 3, Backlog, check)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import pairwise
from typing import Any

from app.metrics.definitions.entry import Reading
from app.metrics.filtering import EVERY, Where
from app.metrics.histories.summary import Fields, Hidden, Stage, TicketSummary


class Move(StrEnum):
    """What can happen to the backlog; the last two only to a part of it, when a ticket changes hands."""

    CREATED = "created"
    REOPENED = "reopened"
    RESTORED = "restored"
    RESOLVED = "resolved"
    SPAM = "spam"
    MERGED = "merged"
    DELETED = "deleted"
    CAME_IN = "came_in"
    WENT_OUT = "went_out"

    @property
    def change(self) -> int:
        """Plus one or minus one."""
        return 1 if self in _ADDS else -1

    @property
    def sign(self) -> str:
        """The same in a sum for people."""
        return "+" if self.change > 0 else "−"

    @property
    def words(self) -> str:
        """What happened, as a sum tells it."""
        return self.value.replace("_", " ")


HAND_OVERS = (Move.WENT_OUT, Move.CAME_IN)
"""What one part of the desk loses to another."""
_OF_THE_WHOLE = [move for move in Move if move not in HAND_OVERS]
_ADDS = frozenset({Move.CREATED, Move.REOPENED, Move.RESTORED, Move.CAME_IN})
_BY_HIDDEN = {
    Hidden.SPAM: Move.SPAM,
    Hidden.MERGED_AWAY: Move.MERGED,
    Hidden.TEST_OR_DELETED: Move.DELETED,
}


def kinds_of(where: Where) -> Sequence[Move]:
    """What can happen to the whole desk, or to a part of it."""
    return [*Move] if where else _OF_THE_WHOLE


def moves(ticket: TicketSummary, *, where: Where = EVERY) -> Iterator[tuple[datetime, Move]]:
    """Everything that took the ticket onto the desk or off it, in order: each changes the backlog by one."""
    stage, fields = None, ticket.fields[0][1]
    was_on = False
    for at, change in _changes(ticket, where):
        before = stage
        if isinstance(change, Stage):
            stage = change
        else:
            fields = change
        is_on = stage is not None and stage.on_desk and where.admits_fields(fields)
        if is_on != was_on and stage is not None:
            yield at, _move(before, stage, is_on=is_on)
        was_on = is_on


def hand_overs(ticket: TicketSummary) -> Iterator[tuple[datetime, Fields, Fields]]:
    """Every change of what was said of the ticket on the desk: when, and what was said before and after."""
    for (_, before), (at, after) in pairwise(ticket.fields):
        stage = ticket.stage_before(at)
        if stage and stage.on_desk:
            yield at, before, after


_Change = tuple[datetime, Stage | Fields]


def _changes(ticket: TicketSummary, where: Where) -> Iterator[_Change]:
    stages: list[_Change] = [(stage.at, stage) for stage in ticket.stages]
    said: list[_Change] = [*ticket.fields[1:]] if where else []
    # What is said at the instant of a move is true of the move (`TicketSummary.fields_at`).
    return merge(said, stages, key=lambda change: change[0])


def _move(before: Stage | None, after: Stage, *, is_on: bool) -> Move:
    if before is None:
        return Move.CREATED
    if before is after:
        return Move.CAME_IN if is_on else Move.WENT_OUT
    if before.hidden is not after.hidden:
        return Move.RESTORED if after.hidden is None else _BY_HIDDEN[after.hidden]
    return Move.REOPENED if is_on else Move.RESOLVED


class Identity:
    """Counts the moves of a period and what was there before it, in one pass over tickets."""

    def __init__(self, by: Reading, *, where: Where = EVERY) -> None:
        self.start_at, self.instant, self.where = by.period.start_at, by.instant, where
        self.start = 0
        self.counts: Counter[Move] = Counter()

    def see(self, ticket: TicketSummary) -> None:
        """Add the moves of the ticket."""
        for at, move in moves(ticket, where=self.where):
            if at >= self.instant:
                continue
            if self.start_at and at < self.start_at:
                self.start += move.change
            else:
                self.counts[move] += 1

    @property
    def end(self) -> int:
        """What is left."""
        return self.start + sum(move.change * count for move, count in self.counts.items())

    def plain(self) -> dict[str, Any]:
        """Start, every kind of move, end; the last two kinds only where a part of the desk is read."""
        counts = {move.value: self.counts[move] for move in kinds_of(self.where)}
        return {"start": self.start, **counts, "end": self.end}
