"""Voting: up, down, or taken back."""

from app.accounts.user import User
from app.community.announcing import announce
from app.community.answer import Answer
from app.community.events import VoteCast
from app.community.question import Question
from app.community.vote import AnswerVote, QuestionVote, Value
from app.core.db import db
from app.core.errors import NotAllowed
from app.core.uow import verb


@verb
def vote_on_question(question: Question, *, value: Value, by: User) -> None:
    """Let this be the person's one vote on the question.  Raises NotAllowed on one's own."""
    _refuse_own(question, by)
    key = {"question_id": question.id, "user_id": by.id}
    held = db.session.get(QuestionVote, key, populate_existing=True)
    question.score += _put(held or QuestionVote(**key, value=Value.NONE), value)
    announce(VoteCast(question_id=question.id, answer_id=None, by_id=by.id, value=value))


@verb
def vote_on_answer(answer: Answer, *, value: Value, by: User) -> None:
    """Let this be the person's one vote on the answer.  Raises NotAllowed on one's own."""
    _refuse_own(answer, by)
    key = {"answer_id": answer.id, "user_id": by.id}
    held = db.session.get(AnswerVote, key, populate_existing=True)
    answer.score += _put(held or AnswerVote(**key, value=Value.NONE), value)
    cast = VoteCast(question_id=answer.question_id, answer_id=answer.id, by_id=by.id, value=value)
    announce(cast)


def _refuse_own(post: Question | Answer, by: User) -> None:
    if post.author_id == by.id:
        raise NotAllowed("You cannot vote on what you wrote yourself.")


def _put(vote: QuestionVote | AnswerVote, value: Value) -> int:
    """Store the vote; gives by how much the score changes.  The post is locked by now."""
    before = vote.value
    if value:
        vote.value = value.value
        db.session.add(vote)
    elif before:
        db.session.delete(vote)
    return value - before
