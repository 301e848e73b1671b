"""One question with its answers, as its page shows them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import Boolean, Integer, bindparam, func, select, tuple_
from sqlalchemy.orm import aliased

from app.accounts.user import Person, User
from app.community.access import GONE, ME, Sight, sight_of, visible
from app.community.answer import Answer
from app.community.queries.lists import COUNT, Columns, solved
from app.community.question import Question
from app.community.vote import AnswerVote, QuestionVote
from app.core.db import db
from app.core.errors import NotFound
from app.core.markdown import trusted
from app.core.web.pages import Page, decode_cursor, encode_cursor

ANSWERS_PER_PAGE = 30


@dataclass(frozen=True)
class Shown:
    """A question or an answer on its page; `vote` is the reader's own: 1, -1 or 0."""

    id: int
    author_id: int
    author_name: str
    html: str
    score: int
    vote: int
    hidden_at: datetime | None
    hidden_reason: str
    created_at: datetime

    @property
    def body(self) -> Markup:
        """The rendered text."""
        return trusted(self.html)


@dataclass(frozen=True)
class ShownQuestion(Shown):
    """The question of the page."""

    title: str
    excerpt: str
    answer_count: int
    solved: bool


@dataclass(frozen=True)
class ShownAnswer(Shown):
    """One answer; `accepted_by` is the name of whoever says that it solved it."""

    by_staff: bool
    accepted_at: datetime | None
    accepted_by: str | None


def question_shown(question_id: int, *, user: Person) -> ShownQuestion:
    """The question of a page.  Raises NotFound when it is not to be seen."""
    values = {"me": user.id, "question": question_id}
    row = db.session.execute(_question(sight_of(user)), values).first()
    if row is None:
        raise NotFound(GONE)
    return ShownQuestion(*row)


def answers_shown(question_id: int, *, user: Person, after: str = "") -> Page[ShownAnswer]:
    """The answers: the accepted one first, then by votes, then the older first."""
    count = ANSWERS_PER_PAGE
    start = _answers_start(after)
    statement = _answers(sight_of(user), continued=bool(start))
    values = {"me": user.id, "question": question_id, "count": count + 1} | start
    found = [ShownAnswer(*row) for row in db.session.execute(statement, values)]
    last = found[count - 1] if len(found) > count else None
    cursor = encode_cursor(last.accepted_at is None, -last.score, last.id) if last else None
    return Page(found[:count], cursor)


# Statements are made once and given values: making them costs more than running them.


@cache
def _question(sight: Sight) -> Columns:
    vote = select(QuestionVote.value).where(
        QuestionVote.question_id == Question.id, QuestionVote.user_id == ME
    )
    more = (Question.title, Question.excerpt, Question.answer_count, solved())
    rows: Columns = select(*_post(Question, vote), *more)
    rows = rows.join(User, User.id == Question.author_id)
    return rows.where(Question.id == bindparam("question"), visible(sight, Question))


@cache
def _answers(sight: Sight, *, continued: bool) -> Columns:
    accepter = aliased(User)
    vote = select(AnswerVote.value).where(
        AnswerVote.answer_id == Answer.id, AnswerVote.user_id == ME
    )
    keys = (Answer.accepted_at.is_(None), -Answer.score, Answer.id)
    more = (Answer.by_staff, Answer.accepted_at, accepter.name)
    rows: Columns = select(*_post(Answer, vote), *more)
    rows = rows.join(User, User.id == Answer.author_id)
    rows = rows.outerjoin(accepter, accepter.id == Answer.accepted_by_id)
    rows = rows.where(Answer.question_id == bindparam("question"), visible(sight, Answer))
    if continued:
        before = (
            bindparam("open", type_=Boolean),
            bindparam("score", type_=Integer),
            bindparam("id", type_=Integer),
        )
        rows = rows.where(tuple_(*keys) > tuple_(*before))
    return rows.order_by(*keys).limit(COUNT)


def _post(post: type[Question] | type[Answer], vote: Columns) -> tuple[Any, ...]:
    return (
        post.id,
        post.author_id,
        User.name,
        post.html,
        post.score,
        func.coalesce(vote.scalar_subquery(), 0),
        post.hidden_at,
        post.hidden_reason,
        post.created_at,
    )


def _answers_start(after: str) -> dict[str, int | bool]:
    match decode_cursor(after, parts=3):
        case [bool(is_open), int(score), int(key)]:
            return {"open": is_open, "score": score, "id": key}
    return {}
