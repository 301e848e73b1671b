"""Metrics: what solved tickets took of our time and theirs (METRICS.md 3, Agent time to Replies).

All are anchored where TTR-full is: at the last resolution, provisional until settled.
"""

from collections.abc import Iterator

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.definitions.measures import Measure
from app.metrics.histories.summary import TicketSummary

AGENTS_TURN = frozenset({"new", "open"})
CUSTOMERS_WAIT = AGENTS_TURN | {"waiting_third"}


def agent_time(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """The time in new and open up to RF (METRICS.md 3, Agent time)."""
    return _solved(ticket, _time_in(ticket, by, AGENTS_TURN, measure))


def requester_wait(ticket: TicketSummary, by: Reading, *, measure: Measure) -> Iterator[Entry]:
    """The time in new, open and waiting_third up to RF (METRICS.md 3, Requester wait)."""
    return _solved(ticket, _time_in(ticket, by, CUSTOMERS_WAIT, measure))


def reassignments(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """How often one person handed the ticket to another up to RF."""
    end = ticket.resolved_at
    return _solved(ticket, sum(at <= end for at in ticket.reassigned_at) if end else 0)


def replies_to_solve(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """How many human replies it took up to RF."""
    end = ticket.resolved_at
    return _solved(ticket, sum(reply.at <= end for reply in ticket.replies) if end else 0)


def _solved(ticket: TicketSummary, value: int) -> Iterator[Entry]:
    if resolved_at := ticket.resolved_at:
        if reason := common(ticket):
            yield Entry(reason, resolved_at, 0)
        else:
            yield Entry(COUNTED, resolved_at, value, ticket.credited(until=resolved_at))


def _time_in(
    ticket: TicketSummary, by: Reading, categories: frozenset[str], measure: Measure
) -> int:
    if ticket.resolved_at is None:
        return 0
    stays = ticket.stays(until=ticket.resolved_at)
    return sum(
        measure(ticket, by, start_at, end_at)
        for start_at, end_at, category in stays
        if category in categories
    )
