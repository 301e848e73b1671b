"""Who may answer a survey: whoever holds its link."""

from sqlalchemy import select

from app.accounts.user import User
from app.core import tokens
from app.core.db import db
from app.core.errors import NotFound
from app.surveys.links import LASTS_S, PURPOSE
from app.surveys.survey import Survey


def survey_for(token: str) -> Survey:
    """The survey of a signed link.

    Raises BadToken; NotFound when it was never sent, or its requester was shut out since.
    """
    held = tokens.read(PURPOSE, token, max_age_s=LASTS_S)
    survey = db.session.scalar(
        select(Survey)
        .join(User, User.id == Survey.requester_id)
        .where(Survey.ticket_id == held["ticket"], Survey.episode == held["episode"])
        .where(User.deactivated_at.is_(None))
    )
    if survey is None:
        raise NotFound
    return survey
