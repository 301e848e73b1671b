"""Metrics: promises about time, kept or broken (METRICS.md 3, SLA attainment).  Pure.

No policy can be made yet, so the report says "not measured yet"; these are the rules that it will use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.metrics.histories.summary import DONE, TicketSummary
from app.worktime.measuring import Calendars


class Target(StrEnum):
    """What is promised."""

    FIRST = "first_response"
    NEXT = "next_response"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Policy:
    """Promised working seconds by target, None where nothing is; and in which states the clock stops."""

    first_s: int | None = None
    next_s: int | None = None
    resolution_s: int | None = None
    paused: frozenset[str] = frozenset({"waiting_customer"})


@dataclass(frozen=True, slots=True)
class Instance:
    """One promise.  `due_at` is None while its clock stands still, `met_at` while it is not kept.

    A resolution is `final` once settled.  `used_s` is what its clock has run.
    """

    target: Target
    due_at: datetime | None
    met_at: datetime | None
    used_s: int

    @property
    def outcome_at(self) -> datetime | None:
        """When it was decided: min(met_at, due_at)."""
        known = [at for at in (self.met_at, self.due_at) if at]
        return min(known, default=None)

    def is_met(self) -> bool:
        """Kept in time; at exactly the due time is in time."""
        return self.met_at is not None and (self.due_at is None or self.met_at <= self.due_at)

    def is_breached(self, *, as_of: datetime) -> bool:
        """Broken by then, computed from the due time."""
        return not self.is_met() and self.due_at is not None and self.due_at < as_of


def instances(ticket: TicketSummary, policy: Policy, calendars: Calendars) -> Iterator[Instance]:
    """Every promise that the policy made about the ticket."""
    if policy.first_s is not None:
        reply = ticket.first_reply
        met_at = reply.at if reply else None
        yield _response(ticket, Target.FIRST, ticket.t0, met_at, policy.first_s, calendars)
    if policy.next_s is not None:
        for turn in ticket.turns:
            met_at = turn.ended_at if turn.answered else None
            yield _response(ticket, Target.NEXT, turn.start_at, met_at, policy.next_s, calendars)
    if policy.resolution_s is not None:
        yield _resolution(ticket, policy, policy.resolution_s, calendars)


def _response(
    ticket: TicketSummary,
    target: Target,
    start_at: datetime,
    met_at: datetime | None,
    seconds: int,
    calendars: Calendars,
) -> Instance:
    due_at = calendars.due_at(start_at, seconds, ticket.calendars)
    used_s = calendars.worked_s(start_at, met_at, ticket.calendars) if met_at else 0
    return Instance(target, due_at, met_at, used_s)


def _resolution(
    ticket: TicketSummary, policy: Policy, seconds: int, calendars: Calendars
) -> Instance:
    """The clock runs while we work, stops in Done, and goes on with what is left after a reopen."""
    used = 0
    running_since: datetime | None = None
    for start_at, end_at, category in _stays(ticket):
        if category in policy.paused or category in DONE:
            continue
        if end_at is None:
            running_since = start_at
            break
        spent = calendars.worked_s(start_at, end_at, ticket.calendars)
        if used + spent > seconds:
            missed_at = calendars.due_at(start_at, seconds - used, ticket.calendars)
            return Instance(
                Target.RESOLUTION, missed_at, ticket.resolved_at, _used(ticket, policy, calendars)
            )
        used += spent
    due_at = (
        calendars.due_at(running_since, seconds - used, ticket.calendars) if running_since else None
    )
    return Instance(Target.RESOLUTION, due_at, ticket.resolved_at, used)


def _used(ticket: TicketSummary, policy: Policy, calendars: Calendars) -> int:
    """The seconds that the clock of a resolution has run in the stays that are over."""
    return sum(
        calendars.worked_s(start_at, end_at, ticket.calendars)
        for start_at, end_at, category in _stays(ticket)
        if end_at and category not in policy.paused and category not in DONE
    )


def _stays(ticket: TicketSummary) -> Iterator[tuple[datetime, datetime | None, str]]:
    begins = [ticket.t0, *(stage.at for stage in ticket.stages[1:])]
    ends: list[datetime | None] = [*begins[1:], None]
    for stage, start_at, end_at in zip(ticket.stages, begins, ends, strict=True):
        yield start_at, end_at, stage.category
