"""The ratings of the demo, given on the survey that the requester got."""

from sqlalchemy import select

from app.core.db import db
from app.ops.demo.stories import Step
from app.surveys import answering
from app.surveys.survey import Rating, Survey
from app.tickets.ticket import Ticket


def rate(ticket: Ticket, step: Step) -> None:
    """Answer the last survey about the ticket; whoever was asked lately got none and says nothing."""
    about = select(Survey).where(Survey.ticket_id == ticket.id)
    survey = db.session.scalars(about.order_by(Survey.id.desc()).limit(1)).first()
    if survey:
        answering.answer(survey, rating=Rating(step.rate), comment=step.comment)
