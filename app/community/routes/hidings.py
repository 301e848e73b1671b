"""Taking posts out of sight and bringing them back."""

from flask import Response
from flask_login import current_user

from app.community import access, moderating
from app.community.access import Act
from app.community.forms import AnswerForm, HidingForm
from app.community.routes.questions import question_context
from app.core.web.responses import invalid, moved_to


def hide_question(number: int) -> Response:
    """Hide a question and its answers."""
    question = access.question_for(Act.MODERATE, number, user=current_user)
    form = HidingForm()
    if not form.validate():
        return _again(number, form)
    moderating.hide_question(question, reason=form.reason.data, by=current_user)
    return moved_to("community.show_question", number=number)


def unhide_question(number: int) -> Response:
    """Show a question again."""
    question = access.question_for(Act.MODERATE, number, user=current_user)
    moderating.unhide_question(question, by=current_user)
    return moved_to("community.show_question", number=number)


def hide_answer(number: int) -> Response:
    """Hide an answer."""
    question, answer = access.answer_for(Act.MODERATE, number, user=current_user)
    form = HidingForm()
    if not form.validate():
        return _again(question.id, form)
    moderating.hide_answer(question, answer, reason=form.reason.data, by=current_user)
    return moved_to("community.show_question", number=question.id, _anchor=f"answer-{number}")


def unhide_answer(number: int) -> Response:
    """Show an answer again."""
    question, answer = access.answer_for(Act.MODERATE, number, user=current_user)
    moderating.unhide_answer(question, answer, by=current_user)
    return moved_to("community.show_question", number=question.id, _anchor=f"answer-{number}")


def _again(number: int, form: HidingForm) -> Response:
    context = question_context(number, form=AnswerForm(formdata=None), hiding=form)
    return invalid("community/question.html", **context)
