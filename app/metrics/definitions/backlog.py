"""Metrics: how much work lies on the desk at an instant (METRICS.md 3, Backlog)."""

from collections.abc import Iterator
from datetime import timedelta

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import whole_seconds


def backlog(ticket: TicketSummary, by: Reading) -> Iterator[Entry]:
    """The tickets that are not Done at the end of the period, each with its age in seconds."""
    stage = ticket.stage_before(by.instant)
    if stage is None or stage.is_done:
        return
    last = by.instant - timedelta.resolution  # what was said at the instant itself is not yet true
    if stage.hidden:
        yield Entry(stage.hidden, last, 0)
    else:
        age = whole_seconds(ticket.t0, min(by.instant, by.as_of))
        yield Entry(COUNTED, last, age, ticket.fields_at(last).assignee)


def open_age(ticket: TicketSummary, by: Reading) -> Iterator[Entry]:
    """as_of - T0 of tickets that are not Done at `as_of` (METRICS.md 3, Open age)."""
    if ticket.stages[-1].is_done:
        return
    if reason := common(ticket):
        yield Entry(reason, by.as_of, 0)
    else:
        age = whole_seconds(ticket.t0, by.as_of)
        yield Entry(COUNTED, by.as_of, age, ticket.fields_at(by.as_of).assignee)
