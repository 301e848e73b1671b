"""Reading notices for pages: the bell, and the page behind it, one line a matter."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, case, func, select, tuple_

from app.accounts.user import User
from app.articles.article import Article
from app.community.question import Question
from app.core.db import at_most, db, plain_rows
from app.core.web.filters import MANY
from app.core.web.nonsense import LARGEST_ID
from app.core.web.pages import Page, decode_cursor, encode_cursor
from app.notifications.access import Rows, Sight, joined, readable, sight_of, values_of
from app.notifications.matter import COLUMNS, Matter
from app.notifications.notice import UNREAD, Notice
from app.notifications.occasion import CATALOGUE
from app.tickets.ticket import Ticket

LINES = 30


@dataclass(frozen=True, slots=True)
class Line:
    """What there is about one matter: the latest of it, and how much more; `unread` if any of it is."""

    matter: Matter
    title: str
    said: str
    by_id: int | None
    by: str
    at: datetime
    more: int
    unread: bool


def unread_matters(user: User) -> list[Matter]:
    """What this person has not seen yet, at most `MANY`."""
    return [Matter.of(row) for row in plain_rows(_unread(sight_of(user)), values_of(user))]


def lines(user: User, *, after: str = "") -> Page[Line]:
    """The page behind the bell: unread first, then the newest.  A broken cursor begins at the top."""
    values = values_of(user) | _start(after)
    rows = db.session.execute(_matters(sight_of(user)), values).all()
    found = db.session.execute(_LATEST, {"ids": [row.latest for row in rows]})
    latest = {row.id: row for row in found}
    last = rows[LINES - 1] if len(rows) > LINES else None
    return Page(
        [_line(row, latest[row.latest]) for row in rows[:LINES]],
        encode_cursor(last.unread, last.latest) if last else None,
    )


def _line(row: Any, latest: Any) -> Line:
    return Line(
        matter=Matter.of(row),
        title=latest.subject or latest.question or latest.article,
        said=CATALOGUE[latest.occasion].said(latest.name or ""),
        by_id=latest.by_id,
        by=latest.name or "",
        at=latest.created_at,
        more=row.notices - 1,
        unread=bool(row.unread),
    )


def _start(after: str) -> dict[str, int]:
    match decode_cursor(after, parts=2):
        case [int(unread), int(latest)]:
            return {"unread": unread, "latest": latest}
    return {"unread": 1, "latest": LARGEST_ID}


@cache
def _unread(sight: Sight) -> Rows:
    matters = select(*COLUMNS)
    unread = joined(matters).where(UNREAD, readable(sight))
    return unread.group_by(*COLUMNS).limit(at_most(MANY))


@cache
def _matters(sight: Sight) -> Rows:
    unread = func.max(case((UNREAD, 1), else_=0))
    latest = func.max(Notice.id)
    matters = select(
        *COLUMNS,
        unread.label("unread"), latest.label("latest"), func.count().label("notices"),
    )  # fmt: skip
    before = bindparam("unread", type_=Integer), bindparam("latest", type_=Integer)
    return (
        joined(matters)
        .where(readable(sight))
        .group_by(*COLUMNS)
        .having(tuple_(unread, latest) < tuple_(*before))
        .order_by(unread.desc(), latest.desc())
        .limit(at_most(LINES + 1))
    )


_LATEST = (
    select(
        Notice.id, Notice.occasion, Notice.by_id, Notice.created_at,
        User.name, Ticket.subject,
        Question.title.label("question"), Article.title.label("article"),
    )
    .outerjoin(User, User.id == Notice.by_id)
    .outerjoin(Ticket, Ticket.id == Notice.ticket_id)
    .outerjoin(Question, Question.id == Notice.question_id)
    .outerjoin(Article, Article.id == Notice.article_id)
    .where(Notice.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
