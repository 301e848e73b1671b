"""Metrics: resolutions that did not hold (METRICS.md 3, Reopen rate)."""

from collections.abc import Iterator

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.histories.summary import Resolution, TicketSummary
from app.metrics.settling import SETTLES_AFTER


def reopen_rate(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """Settled resolution instances of the period that were reopened within W.

    Cases and exclusions are instances: a ticket stands there once for each of its resolutions.
    """
    reason = common(ticket)
    for resolution in ticket.resolutions:
        if reason:
            yield Entry(reason, resolution.at, 0)
        else:
            agent_id = ticket.credited(until=resolution.at)
            yield Entry(COUNTED, resolution.at, int(_did_not_hold(resolution)), agent_id)


def _did_not_hold(resolution: Resolution) -> bool:
    reopened_at = resolution.reopened_at
    return reopened_at is not None and reopened_at <= resolution.at + SETTLES_AFTER
