import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts.user import User
from app.community import voting
from app.community.answer import Answer
from app.community.events import VoteCast
from app.community.question import Question
from app.community.vote import AnswerVote, QuestionVote, Value
from app.core.db import db
from app.core.errors import NotAllowed
from app.core.uow import begin_writing, unit_of_work
from tests.support import make
from tests.support.cast import Cast
from tests.support.heard import heard


def vote(post: Question | Answer, value: Value, by: User) -> int:
    """Vote; gives the score, after a look that it is what a recount gives."""
    with unit_of_work():
        if isinstance(post, Question):
            voting.vote_on_question(post, value=value, by=by)
        else:
            voting.vote_on_answer(post, value=value, by=by)
    kind, key = (
        (QuestionVote, QuestionVote.question_id)
        if isinstance(post, Question)
        else (AnswerVote, AnswerVote.answer_id)
    )
    recount = db.session.scalar(select(func.sum(kind.value)).where(key == post.id)) or 0
    assert post.score == recount
    return post.score


def test_votes_add_up(cast: Cast) -> None:
    question = make.question(cast.customer)
    assert vote(question, Value.UP, cast.agent) == 1
    assert vote(question, Value.UP, cast.lead) == 2
    assert vote(question, Value.DOWN, cast.stranger) == 1


def test_a_vote_can_be_turned_round_and_taken_back(cast: Cast) -> None:
    answer = make.answer(make.question(cast.customer), cast.agent)
    assert vote(answer, Value.UP, cast.customer) == 1
    assert vote(answer, Value.DOWN, cast.customer) == -1
    assert vote(answer, Value.NONE, cast.customer) == 0
    assert db.session.scalar(select(func.count()).select_from(AnswerVote)) == 0


def test_voting_twice_the_same_way_counts_once(cast: Cast) -> None:
    question = make.question(cast.customer)
    vote(question, Value.UP, cast.agent)
    assert vote(question, Value.UP, cast.agent) == 1


def test_taking_back_a_vote_that_was_never_cast_changes_nothing(cast: Cast) -> None:
    assert vote(make.question(cast.customer), Value.NONE, cast.agent) == 0


def test_nobody_votes_on_what_they_wrote(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with pytest.raises(NotAllowed):
        vote(question, Value.UP, cast.customer)
    with pytest.raises(NotAllowed):
        vote(answer, Value.UP, cast.agent)


def test_a_vote_is_announced(cast: Cast) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with heard(VoteCast) as facts:
        vote(answer, Value.DOWN, cast.lead)
    assert facts == [
        VoteCast(question_id=question.id, answer_id=answer.id, by_id=cast.lead.id, value=-1)
    ]


def test_the_database_refuses_a_vote_of_two(cast: Cast) -> None:
    question = make.question(cast.customer)
    with pytest.raises(IntegrityError), unit_of_work():
        begin_writing()
        db.session.add(QuestionVote(question_id=question.id, user_id=cast.agent.id, value=2))
