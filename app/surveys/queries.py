"""Reading surveys for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased

from app.accounts.user import User
from app.core.db import db
from app.surveys.survey import Rating, Survey
from app.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class RatingRow:
    """An answer as staff read it."""

    rating: Rating
    comment: str
    answered_at: datetime
    agent: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a survey asks about, as the requester reads it."""

    number: int
    subject: str
    resolved_at: datetime | None
    agent: str | None


_RATINGS = (
    select(Survey.rating, Survey.comment, Survey.answered_at, User.name)
    .join(User, User.id == Survey.credited_agent_id, isouter=True)
    .where(Survey.ticket_id == bindparam("ticket", type_=Integer), Survey.rating.is_not(None))
    .order_by(Survey.id.desc())
)


def ratings_of(ticket_id: int) -> Sequence[RatingRow]:
    """The answers to the surveys of a ticket, the newest first."""
    rows = db.session.execute(_RATINGS, {"ticket": ticket_id})
    return [
        RatingRow(Rating(rating), comment, answered_at, agent)
        for rating, comment, answered_at, agent in rows
        if rating and answered_at
    ]


def asked_by(survey: Survey) -> Asked:
    """What this survey asks about."""
    agent = aliased(User)
    row = db.session.execute(
        select(Ticket.id, Ticket.subject, Ticket.resolved_at, agent.name)
        .join(agent, agent.id == survey.credited_agent_id, isouter=True)
        .where(Ticket.id == survey.ticket_id)
    ).one()
    return Asked(*row)
