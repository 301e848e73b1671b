"""What the authors of questions and answers are told."""

from sqlalchemy import select

from app.accounts.user import User
from app.community.answer import Answer
from app.community.question import Question
from app.core.db import db
from app.core.excerpts import excerpt
from app.core.web.addresses import absolute
from app.mail.composing import compose
from app.mail.outbound import Kind
from app.mail.posting import queue
from app.notifications.telling_requesters import PREHEADER_LENGTH


def tell_of_answer(answer_id: int, *, by_id: int) -> None:
    """Send whoever asked the answer."""
    question, answer = _pair(answer_id)
    _tell("answered", question, answer, to_id=question.author_id, by_id=by_id)


def tell_of_acceptance(answer_id: int, *, by_id: int) -> None:
    """Tell whoever answered that it solved the question, if it still counts as that."""
    question, answer = _pair(answer_id)
    if answer.accepted_at:
        _tell("accepted", question, answer, to_id=answer.author_id, by_id=by_id)


def _pair(answer_id: int) -> tuple[Question, Answer]:
    pair = (
        select(Question, Answer)
        .join(Answer, Answer.question_id == Question.id)
        .where(Answer.id == answer_id)
    )
    question, answer = db.session.execute(pair).one()
    return question, answer


def _tell(template: str, question: Question, answer: Answer, *, to_id: int, by_id: int) -> None:
    """Nobody is told of their own doing, nor of what was taken out of sight meanwhile."""
    to = db.session.get_one(User, to_id)
    if to_id == by_id or not to.is_active or question.hidden_at or answer.hidden_at:
        return
    composed = compose(
        f"notifications/mail/{template}.md",
        question=question.title,
        by=db.session.get_one(User, by_id).name,
        text=answer.text,
        news=excerpt(answer.text, length=PREHEADER_LENGTH),
        url=absolute("community.show_question", number=question.id),
    )
    queue(
        composed,
        to=to.email,
        kind=Kind.COMMUNITY,
        automatic=True,
        about=f"answer:{answer.id}",
        conversation=f"question:{question.id} person:{to_id}",
    )
