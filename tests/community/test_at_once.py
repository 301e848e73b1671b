"""Many people at the same question at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.accounts.user import User
from app.community.answer import Answer
from app.community.question import Question
from app.community.vote import AnswerVote
from app.core.db import db
from app.core.uow import unit_of_work
from tests.support import make
from tests.support.cast import Cast, person
from tests.support.client import FreshClient

Post = tuple[FreshClient, str, dict[str, str]]
CROWD = 20


def at_once(app: Flask, posts: list[Post]) -> list[int]:
    """The statuses of the answers to all these, sent side by side."""
    db.session.remove()

    def send(one: Post) -> int:
        client, path, data = one
        with app.app_context():
            return client.post(path, data=data).status_code

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(send, posts))


def test_of_twenty_parallel_accepts_one_wins(
    app: Flask, as_user: Callable[[User], FreshClient], cast: Cast
) -> None:
    question = make.question(cast.customer)
    answers = [make.answer(question, cast.agent).id for _ in range(CROWD)]
    path = f"/community/questions/{question.id}/acceptances"
    posts = [(as_user(cast.customer), path, {"answer": str(each)}) for each in answers]
    assert at_once(app, posts) == [303] * CROWD
    marked = select(func.count()).where(Answer.accepted_at.is_not(None))
    assert db.session.scalar(marked) == 1


def test_parallel_votes_and_answers_are_all_counted(
    app: Flask, as_user: Callable[[User], FreshClient], cast: Cast
) -> None:
    question = make.question(cast.customer)
    answer = make.answer(question, cast.agent)
    with unit_of_work():
        crowd = [person(f"P{number} Crowd") for number in range(CROWD)]
    vote = f"/community/answers/{answer.id}/votes"
    say = f"/community/questions/{question.id}/answers"
    posts: list[Post] = [
        (as_user(each), *one)
        for each in crowd
        for one in ((vote, {"value": "1"}), (vote, {"value": "1"}), (say, {"text": "Me too."}))
    ]
    assert set(at_once(app, posts)) == {303}
    assert db.session.scalar(select(func.sum(AnswerVote.value))) == CROWD
    assert db.session.scalar(select(Answer.score).where(Answer.id == answer.id)) == CROWD
    counted = select(Question.answer_count).where(Question.id == question.id)
    assert db.session.scalar(counted) == CROWD + 1
