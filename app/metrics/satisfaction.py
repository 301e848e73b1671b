"""Metrics: how customers rated our help (METRICS.md 3, CSAT and Response rate)."""

from datetime import timedelta
from typing import Any

from app.metrics import exclusions
from app.metrics.counter import Counter
from app.metrics.figures import rate
from app.metrics.sample import Sample
from app.metrics.summary import Survey, TicketSummary

ANSWERED_WITHIN = timedelta(days=14)


class Satisfaction(Counter):
    """The last answer within 14 days to each survey sent in the period (METRICS.md 3, CSAT).

    A case is a survey that was answered, its value the rating.  `delivered` names the ticket of
    every survey that was sent, `suppressed` of every survey that was not.
    """

    asides = ("delivered", "suppressed", "provisional")

    def see(self, ticket: TicketSummary) -> None:
        """Count every survey of the ticket."""
        reason = exclusions.common(ticket)
        for survey in ticket.surveys:
            if not self.period.holds(survey.sent_at):
                continue
            if reason:
                self.sample.leave_out(ticket.ticket_id, reason)
            else:
                self._see_survey(ticket, survey)
        if not reason:
            for suppressed_at in ticket.suppressed_surveys:
                if self.period.holds(suppressed_at):
                    self.sample.name(ticket.ticket_id, "suppressed")

    def _see_survey(self, ticket: TicketSummary, survey: Survey) -> None:
        self.sample.name(ticket.ticket_id, "delivered")
        rating = survey.rating_within(ANSWERED_WITHIN)
        if rating is None:
            return
        self.sample.count(ticket.ticket_id, rating)
        if self.as_of < survey.sent_at + ANSWERED_WITHIN:
            self.sample.name(ticket.ticket_id, "provisional")


def is_satisfied(rating: int) -> bool:
    """4 and 5 on the scale from 1 to 5."""
    return rating >= 4


def responses(sample: Sample) -> dict[str, Any]:
    """The response rate, answered of delivered, and the mean rating, which comes last."""
    answered = len(sample.values)
    return {
        "response_rate": rate(answered, len(sample.also["delivered"])).value,
        "mean_rating": sum(sample.values) / answered if answered else None,
    }
