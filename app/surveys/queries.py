"""Reading surveys for pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import aliased

from app.accounts.user import User
from app.core.db import at_most, db
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


FEW = 3

_ANSWERS = (
    select(Survey.rating, Survey.comment, Survey.answered_at, User.name)
    .join(User, User.id == Survey.credited_agent_id, isouter=True)
    .where(Survey.rating.is_not(None))
)
_RATINGS = _ANSWERS.where(Survey.ticket_id == bindparam("ticket", type_=Integer)).order_by(
    Survey.id.desc()
)
_RATINGS_BY = (
    _ANSWERS.where(Survey.requester_id == bindparam("person", type_=Integer))
    .order_by(Survey.sent_at.desc(), Survey.id.desc())
    .limit(at_most(FEW))
)


def ratings_of(ticket_id: int) -> Sequence[RatingRow]:
    """The answers to the surveys of a ticket, the newest first."""
    return _rows(db.session.execute(_RATINGS, {"ticket": ticket_id}))


def ratings_by(person_id: int) -> Sequence[RatingRow]:
    """The last answers that somebody gave, the newest first."""
    return _rows(db.session.execute(_RATINGS_BY, {"person": person_id}))


def asked_by(survey: Survey) -> Asked:
    """What this survey asks about."""
    agent = aliased(User)
    row = db.session.execute(
        select(Ticket.id, Ticket.subject, Ticket.resolved_at, agent.name)
        .join(agent, agent.id == survey.credited_agent_id, isouter=True)
        .where(Ticket.id == survey.ticket_id)
    ).one()
    return Asked(*row)


def _rows(rows: Iterable[Any]) -> list[RatingRow]:
    return [
        RatingRow(Rating(rating), comment, answered_at, agent)
        for rating, comment, answered_at, agent in rows
        if rating and answered_at
    ]
