"""Votes on questions and answers."""

from flask import Response
from flask_login import current_user

from app.community import access, voting
from app.community.access import Act
from app.community.forms import VoteForm
from app.core.web.responses import moved_to
from app.core.web.throttling import throttle

PER_5_MINUTES = 60


def vote_question(number: int) -> Response:
    """Vote on a question, or take the vote back."""
    _slow_down()
    question = access.question_for(Act.VOTE, number, user=current_user)
    voting.vote_on_question(question, value=VoteForm().chosen, by=current_user)
    return moved_to("community.show_question", number=number)


def vote_answer(number: int) -> Response:
    """Vote on an answer, or take the vote back."""
    _slow_down()
    question, answer = access.answer_for(Act.VOTE, number, user=current_user)
    voting.vote_on_answer(answer, value=VoteForm().chosen, by=current_user)
    return moved_to("community.show_question", number=question.id, _anchor=f"answer-{answer.id}")


def _slow_down() -> None:
    throttle("vote", str(current_user.id), limit=PER_5_MINUTES, per_s=300)
