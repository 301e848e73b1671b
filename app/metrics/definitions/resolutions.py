"""Metrics: how long tickets took until they were solved (METRICS.md 3, TTR)."""

from collections.abc import Iterator
from datetime import datetime

from app.metrics.definitions.entry import COUNTED, WAITING, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.definitions.measures import Measure
from app.metrics.histories.summary import TicketSummary

WITHOUT_REPLY = "without_reply"


def first_resolution(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """R1 - T0 of tickets first resolved in the period (METRICS.md 3, TTR-first)."""
    return _until(ticket, by, ticket.first_resolved_at, measure)


def full_resolution(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """RF - T0 of tickets whose last resolution lies in the period (METRICS.md 3, TTR-full).

    Provisional until settled: a reopen moves it to the next resolution.
    """
    return _until(ticket, by, ticket.resolved_at, measure)


def lifetime(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """RF - T0 of tickets created in the period; those that are not Done wait on.

    The sample of the Kaplan-Meier median of METRICS.md 2.10, which must not forget open tickets.
    """
    resolved_at = ticket.resolved_at or ticket.created_at
    if reason := common(ticket):
        yield Entry(reason, ticket.t0, 0)
    elif ticket.stages[-1].is_done:
        yield Entry(COUNTED, ticket.t0, measure(ticket, by, ticket.t0, resolved_at))
    else:
        yield Entry(WAITING, ticket.t0, 0)


def _until(
    ticket: TicketSummary, by: Reading, resolved_at: datetime | None, measure: Measure
) -> Iterator[Entry]:
    if resolved_at is None:
        return
    if reason := common(ticket):
        yield Entry(reason, resolved_at, 0)
        return
    took, agent_id = (
        measure(ticket, by, ticket.t0, resolved_at),
        ticket.credited(until=resolved_at),
    )
    yield Entry(COUNTED, resolved_at, took, agent_id)
    if not ticket.replies:
        yield Entry(WITHOUT_REPLY, resolved_at, took)
