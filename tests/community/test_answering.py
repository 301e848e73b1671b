import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.community import answering, moderating
from app.community.answer import Answer
from app.community.events import AnswerAccepted, AnswerPosted, AnswerUnaccepted
from app.community.question import Question
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput, InvalidTransition
from app.core.uow import begin_writing, unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.heard import heard


def accepted(question: Question) -> list[int]:
    marked = select(Answer.id).where(
        Answer.question_id == question.id, Answer.accepted_at.is_not(None)
    )
    return list(db.session.scalars(marked))


def accept(question: Question, answer: Answer, cast: Cast) -> None:
    with unit_of_work():
        answering.accept(question, answer, by=cast.customer)


def test_an_answer_is_counted_and_announced(cast: Cast) -> None:
    question = make.question(cast.customer)
    with heard(AnswerPosted) as facts:
        answer = make.answer(question, cast.other_customer)
    assert question.answer_count == 1
    assert facts == [
        AnswerPosted(question_id=question.id, answer_id=answer.id, by_id=cast.other_customer.id)
    ]


def test_an_answer_remembers_that_it_came_from_the_desk(cast: Cast) -> None:
    question = make.question(cast.customer)
    assert make.answer(question, cast.agent).by_staff
    assert not make.answer(question, cast.other_customer).by_staff


def test_an_empty_answer_is_refused(cast: Cast) -> None:
    question = make.question(cast.customer)
    with pytest.raises(InvalidInput):
        make.answer(question, cast.agent, text="  ")
    assert question.answer_count == 0


def test_a_hidden_question_takes_no_answers(cast: Cast) -> None:
    question = make.question(cast.customer)
    make.answer(question, cast.agent)
    with unit_of_work():
        moderating.hide_question(question, reason="Names a customer", by=cast.moderator)
    with pytest.raises(InvalidTransition):
        make.answer(question, cast.agent)


def test_accepting_marks_the_answer_with_who_and_when(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with heard(AnswerAccepted) as facts:
        accept(question, answer, cast)
    assert answer.accepted_at
    assert answer.accepted_by_id == cast.customer.id
    assert facts == [
        AnswerAccepted(
            question_id=question.id,
            answer_id=answer.id,
            by_id=cast.customer.id,
            instead_of_id=None,
        )
    ]


def test_accepting_another_answer_moves_the_mark(cast: Cast) -> None:
    question = make.question(cast.customer)
    first, second = make.answer(question, cast.agent), make.answer(question, cast.lead)
    accept(question, first, cast)
    with heard(AnswerAccepted) as facts:
        accept(question, second, cast)
    assert accepted(question) == [second.id]
    assert [fact.instead_of_id for fact in facts] == [first.id]  # type: ignore[attr-defined]


def test_accepting_again_takes_the_mark_away(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    accept(question, answer, cast)
    with heard(AnswerUnaccepted) as facts:
        accept(question, answer, cast)
    assert accepted(question) == []
    assert len(facts) == 1


def test_a_hidden_answer_cannot_be_accepted(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with unit_of_work():
        moderating.hide_answer(question, answer, reason="Spam", by=cast.moderator)
    with pytest.raises(InvalidTransition):
        accept(question, answer, cast)


def test_the_database_refuses_a_second_accepted_answer(cast: Cast) -> None:
    question = make.question(cast.customer)
    answers = make.answer(question, cast.agent), make.answer(question, cast.lead)
    with pytest.raises(IntegrityError), unit_of_work():
        begin_writing()
        for answer in answers:
            answer.accepted_at = clock.now()
