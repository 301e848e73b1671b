"""A new answer."""

from flask import Response
from flask_login import current_user

from app.community import access, answering
from app.community.access import Act
from app.community.forms import AnswerForm
from app.community.routes.questions import question_context
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to
from app.core.web.throttling import throttle

PER_HOUR = 30


def create_answer(number: int) -> Response:
    """Add the answer, then show it below the question."""
    throttle("answer", str(current_user.id), limit=PER_HOUR, per_s=3600)
    question = access.question_for(Act.ANSWER, number, user=current_user)
    form = AnswerForm()
    if form.validate():
        try:
            given = answering.answer(question, text=form.text.data, by=current_user)
            return moved_to("community.show_question", number=number, _anchor=f"answer-{given.id}")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("community/question.html", **question_context(number, form=form))
