"""Metrics: how long customers waited for an answer (METRICS.md 3, FRT and NRT)."""

from collections.abc import Iterator
from datetime import datetime

from app.metrics.definitions.entry import COUNTED, WAITING, Entry, Reading
from app.metrics.definitions.exclusions import Reason, common, not_from_a_customer
from app.metrics.definitions.measures import Measure
from app.metrics.histories.summary import TicketSummary


def first_response(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """H1 - T0 of customer-initiated tickets created in the period (METRICS.md 3, FRT).

    Tickets without an answer are named, not forgotten: `waiting` while they are not Done, else
    excluded as closed unanswered, with the time until then.
    """
    reply = ticket.first_reply
    if reason := not_from_a_customer(ticket):
        yield Entry(reason, ticket.t0, 0)
    elif reply:
        yield Entry(COUNTED, ticket.t0, measure(ticket, by, ticket.t0, reply.at), reply.agent_id)
    elif ticket.stages[-1].is_done:
        waited = measure(ticket, by, ticket.t0, _done_at(ticket))
        yield Entry(Reason.CLOSED_UNANSWERED, ticket.t0, waited)
    else:
        yield Entry(WAITING, ticket.t0, 0)


def next_response(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """Reply - first unanswered contact, for each turn after H1 that starts in the period (NRT)."""
    reason = common(ticket)
    for turn in ticket.turns:
        if reason:
            yield Entry(reason, turn.start_at, 0)
        elif turn.answered and turn.ended_at:
            waited = measure(ticket, by, turn.start_at, turn.ended_at)
            yield Entry(COUNTED, turn.start_at, waited, turn.agent_id)
        elif turn.ended_at:
            waited = measure(ticket, by, turn.start_at, turn.ended_at)
            yield Entry(Reason.CLOSED_UNANSWERED, turn.start_at, waited)
        else:
            yield Entry(WAITING, turn.start_at, 0)


def _done_at(ticket: TicketSummary) -> datetime:
    """When it was done, or when it came where it came so."""
    return ticket.resolved_at or ticket.created_at
