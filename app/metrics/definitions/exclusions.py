"""Metrics: why a ticket is left out of a figure (METRICS.md 2.8)."""

from enum import StrEnum

from app.metrics.histories.summary import TicketSummary


class Reason(StrEnum):
    """Each report lists its exclusions by these names, with counts and tickets."""

    SPAM = "spam"
    MERGED_AWAY = "merged_away"
    TEST_OR_DELETED = "test_or_deleted"
    INTERNAL = "internal"
    IMPORTED_NO_TIMES = "imported_no_times"
    AGENT_INITIATED = "agent_initiated"
    CLOSED_UNANSWERED = "closed_unanswered"
    NO_REPLY = "no_reply"
    UNSETTLED = "unsettled"
    CANCELLED = "cancelled"


def common(ticket: TicketSummary) -> Reason | None:
    """The first of the common reasons that holds, in the order of METRICS.md 2.8."""
    if ticket.spam:
        return Reason.SPAM
    if ticket.merged_into:
        return Reason.MERGED_AWAY
    if ticket.deleted:
        return Reason.TEST_OR_DELETED
    if ticket.internal:
        return Reason.INTERNAL
    if not ticket.times_trusted:
        return Reason.IMPORTED_NO_TIMES
    return None


def not_from_a_customer(ticket: TicketSummary) -> Reason | None:
    """The common reasons, and a first contact that was ours (response and first contact)."""
    return common(ticket) or (Reason.AGENT_INITIATED if ticket.agent_initiated else None)
