"""Which answer solved it."""

from flask import Response
from flask_login import current_user

from app.community import access, answering
from app.community.access import Act
from app.community.forms import AcceptanceForm
from app.core.web.responses import moved_to


def create_acceptance(number: int) -> Response:
    """Put the mark on an answer, or take it off again."""
    question = access.question_for(Act.ACCEPT, number, user=current_user)
    chosen = access.answer_to(question, AcceptanceForm().answer_id, user=current_user)
    answering.accept(question, chosen, by=current_user)
    return moved_to("community.show_question", number=number, _anchor=f"answer-{chosen.id}")
