"""Lists of questions."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, select, tuple_

from app.accounts.user import Person, User
from app.community.access import Sight, sight_of, visible
from app.community.answer import Answer
from app.community.question import Question
from app.core.db import db
from app.core.web.pages import Key, Page, decode_cursor, encode_cursor

Columns = Select[*tuple[Any, ...]]

PER_PAGE = 20
COUNT = bindparam("count", type_=Integer, literal_execute=True)
"""How many rows; it stands in the statement itself (see `core.db.at_most`)."""


class Tab(StrEnum):
    """The lists of the community."""

    NEWEST = "newest"
    UNANSWERED = "unanswered"
    VOTES = "votes"


@dataclass(frozen=True)
class Listed:
    """A question in a list; `by_staff`: one of its answers is from the desk."""

    id: int
    title: str
    excerpt: str
    score: int
    answer_count: int
    hidden_at: datetime | None
    created_at: datetime
    author_id: int
    author_name: str
    solved: bool
    by_staff: bool


def questions(tab: Tab, *, user: Person, after: str = "", count: int = PER_PAGE) -> Page[Listed]:
    """One page of a list, beginning after a cursor; a broken cursor begins at the top."""
    start = _start(tab, after)
    statement = _questions(tab, sight_of(user), continued=bool(start))
    values = {"me": user.id, "count": count + 1} | start
    found = [Listed(*row) for row in db.session.execute(statement, values)]
    last = found[count - 1] if len(found) > count else None
    return Page(found[:count], _cursor(tab, last) if last else None)


def solved() -> ColumnElement[bool]:
    """Whether one of the question's answers is accepted."""
    return exists().where(Answer.question_id == Question.id, Answer.accepted_at.is_not(None))


# Statements are made once and given values: making them costs more than running them.


@cache
def _questions(tab: Tab, sight: Sight, *, continued: bool) -> Columns:
    sort = Question.score if tab is Tab.VOTES else Question.created_at
    from_the_desk = exists().where(
        Answer.question_id == Question.id, Answer.by_staff, Answer.hidden_at.is_(None)
    )
    rows: Columns = select(
        Question.id,
        Question.title,
        Question.excerpt,
        Question.score,
        Question.answer_count,
        Question.hidden_at,
        Question.created_at,
        Question.author_id,
        User.name,
        solved(),
        from_the_desk,
    )
    rows = rows.join(User, User.id == Question.author_id).where(visible(sight, Question))
    rows = rows.order_by(sort.desc(), Question.id.desc()).limit(COUNT)
    if tab is Tab.UNANSWERED:
        rows = rows.where(Question.answer_count == 0)
    if continued:
        before = (bindparam("sort", type_=sort.type), bindparam("id", type_=Integer))
        rows = rows.where(tuple_(sort, Question.id) < tuple_(*before))
    return rows


def _cursor(tab: Tab, last: Listed) -> str:
    first: Key = last.score if tab is Tab.VOTES else last.created_at.isoformat()
    return encode_cursor(first, last.id)


def _start(tab: Tab, after: str) -> dict[str, int | datetime]:
    """The values of a cursor; none for nonsense."""
    match tab, decode_cursor(after, parts=2):
        case Tab.VOTES, [int(score), int(key)]:
            return {"sort": score, "id": key}
        case _, [str(written), int(key)]:
            try:
                at = datetime.fromisoformat(written)
                return {"sort": at.astimezone(UTC), "id": key} if at.tzinfo else {}
            except (ValueError, OverflowError):  # no time, or none in UTC
                return {}
    return {}
