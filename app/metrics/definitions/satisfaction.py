"""Metrics: how customers rated our help (METRICS.md 3, CSAT and Response rate)."""

from collections.abc import Iterator

from app.metrics.definitions.entry import COUNTED, Entry, Reading
from app.metrics.definitions.exclusions import common
from app.metrics.histories.summary import TicketSummary
from app.metrics.settling import ANSWERED_WITHIN

DELIVERED, SUPPRESSED = "delivered", "suppressed"
SATISFIED_FROM = 4
"""4 and 5 on the scale from 1 to 5."""


def satisfaction(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """The last answer within 14 days to each survey sent in the period (METRICS.md 3, CSAT).

    A case is a survey that was answered, its value the rating.  `delivered` names the ticket of
    every survey that was sent, `suppressed` of every survey that was not.
    """
    reason = common(ticket)
    for survey in ticket.surveys:
        if reason:
            yield Entry(reason, survey.sent_at, 0)
            continue
        yield Entry(DELIVERED, survey.sent_at, 0, survey.agent_id)
        rating = survey.rating_within(ANSWERED_WITHIN)
        if rating is not None:
            yield Entry(COUNTED, survey.sent_at, rating, survey.agent_id)
    if not reason:
        for at in ticket.suppressed_surveys:
            yield Entry(SUPPRESSED, at, 0)


def response_rate(ticket: TicketSummary, _by: Reading) -> Iterator[Entry]:
    """Answered surveys of those delivered in the period (METRICS.md 3, Response rate)."""
    reason = common(ticket)
    for survey in ticket.surveys:
        if reason:
            yield Entry(reason, survey.sent_at, 0)
        else:
            answered = survey.rating_within(ANSWERED_WITHIN) is not None
            yield Entry(COUNTED, survey.sent_at, int(answered), survey.agent_id)
