"""Answering, and saying which answer solved it."""

from sqlalchemy import update

from app.accounts.user import User
from app.community.announcing import announce
from app.community.answer import Answer
from app.community.events import AnswerAccepted, AnswerPosted, AnswerUnaccepted
from app.community.question import Question
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.core.written import Written, written


def answer(question: Question, *, text: str, by: User) -> Answer:
    """Answer the question.  Raises InvalidInput (field `text`)."""
    return _answer(question, written(text), by=by)


@verb
def _answer(question: Question, said: Written, *, by: User) -> Answer:
    if question.hidden_at:
        raise InvalidTransition("This question is hidden and takes no answers.")
    given = Answer(
        question_id=question.id,
        text=said.text,
        html=said.html,
        renderer_version=said.renderer_version,
        author_id=by.id,
        by_staff=by.is_staff,
    )
    db.session.add(given)
    question.answer_count += 1
    db.session.flush()  # the fact needs its id
    announce(AnswerPosted(question_id=question.id, answer_id=given.id, by_id=by.id))
    return given


@verb
def accept(question: Question, chosen: Answer, *, by: User) -> None:
    """Say that this answer solved it.

    A mark on another answer moves here; accepting the accepted answer again takes its mark away.
    The question is locked first, so that many who accept at once do so one after the other.
    """
    if chosen.accepted_at:
        chosen.accepted_at = chosen.accepted_by_id = None
        announce(AnswerUnaccepted(question_id=question.id, answer_id=chosen.id, by_id=by.id))
        return
    if chosen.hidden_at or chosen.question_id != question.id:
        raise InvalidTransition("This answer cannot be accepted: it is hidden.")
    before = _take_mark_from_others(question, chosen)
    chosen.accepted_at, chosen.accepted_by_id = clock.now(), by.id
    announce(
        AnswerAccepted(
            question_id=question.id, answer_id=chosen.id, by_id=by.id, instead_of_id=before
        )
    )


def _take_mark_from_others(question: Question, chosen: Answer) -> int | None:
    """Gives the id of the answer that was accepted until now."""
    marked = update(Answer).where(
        Answer.question_id == question.id, Answer.accepted_at.is_not(None), Answer.id != chosen.id
    )
    return db.session.scalar(
        marked.values(accepted_at=None, accepted_by_id=None)
        .returning(Answer.id)
        .execution_options(synchronize_session="fetch")
    )
