"""Reading reviews for pages: the piles of them, and what was said about one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.permissions import Permission
from app.accounts.user import User
from app.articles.article import Article
from app.articles.reviewing.review import UNDER_WAY, Review, ReviewComment, ReviewState
from app.core.db import at_most, db
from app.core.markdown import trusted
from app.core.web.nonsense import LARGEST_ID
from app.core.web.pages import Page, decode_cursor, encode_cursor

LINES = 30


class Pile(StrEnum):
    """Which reviews."""

    WAITING = "waiting"
    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True)
class Listed:
    """A review in a list."""

    id: int
    title: str
    by_id: int
    by: str
    reviewer: str
    note: str
    state: ReviewState
    asked_at: datetime
    comments: int


@dataclass(frozen=True)
class Comment:
    """What somebody said; `line` of the text that it was said about, `of_earlier` if that was replaced."""

    id: int
    author_id: int
    author: str
    html: Markup
    line: int | None
    of_earlier: bool
    created_at: datetime


@dataclass
class Comments:
    """All of them: by the line of the proposed text that is on the page, and the others in order."""

    by_line: Mapping[int, Sequence[Comment]] = field(default_factory=dict)
    others: Sequence[Comment] = ()


def reviews(user: User, pile: Pile, *, after: str = "") -> Page[Listed]:
    """A page of a pile, the newest first.  A broken cursor begins at the top."""
    match decode_cursor(after, parts=1):
        case [int(id)]:
            start = id
        case _:
            start = LARGEST_ID
    rows = db.session.execute(
        _listed().where(_in_pile(user, pile), Review.id <= start).limit(at_most(LINES + 1))
    ).all()
    more = rows[LINES].id if len(rows) > LINES else None
    return Page([Listed(*row) for row in rows[:LINES]], encode_cursor(more) if more else None)


def comments_on(review: Review, shown: Collection[int]) -> Comments:
    """What was said; `shown` are the lines of the proposed text that are on the page."""
    rows = (
        select(ReviewComment, User.name)
        .join(User, User.id == ReviewComment.author_id)
        .where(ReviewComment.review_id == review.id)
        .order_by(ReviewComment.id)
    )
    by_line: defaultdict[int, list[Comment]] = defaultdict(list)
    others = []
    for row, author in db.session.execute(rows):
        said = _comment(row, author, review)
        if said.line in shown and not said.of_earlier:
            by_line[said.line or 0].append(said)
        else:
            others.append(said)
    return Comments(by_line, others)


def _comment(row: ReviewComment, author: str, review: Review) -> Comment:
    return Comment(
        id=row.id,
        author_id=row.author_id,
        author=author,
        html=trusted(row.html),
        line=row.line,
        of_earlier=row.revision_id != review.proposed_revision_id,
        created_at=row.created_at,
    )


def _in_pile(user: User, pile: Pile) -> ColumnElement[bool]:
    match pile:
        case Pile.MINE:
            return Review.asked_by_id == user.id
        case Pile.ALL:
            return true()
    anybody = Review.reviewer_id.is_(None) if user.may(Permission.ARTICLES_WRITE) else None
    mine = Review.reviewer_id == user.id
    to_judge = and_(
        Review.state == ReviewState.OPEN,
        Review.asked_by_id != user.id,
        mine if anybody is None else or_(mine, anybody),
    )
    to_change = and_(Review.state == ReviewState.CHANGES_ASKED, Review.asked_by_id == user.id)
    return and_(Review.state.in_(UNDER_WAY), or_(to_judge, to_change))


def _listed() -> Select[Any]:
    asker, reviewer = aliased(User), aliased(User)
    comments = (
        select(func.count())
        .where(ReviewComment.review_id == Review.id)
        .correlate(Review)
        .scalar_subquery()
    )
    return (
        select(
            Review.id,
            Article.title,
            asker.id,
            asker.name,
            func.coalesce(reviewer.name, ""),
            Review.note,
            Review.state,
            Review.asked_at,
            comments,
        )
        .join(Article, Article.id == Review.article_id)
        .join(asker, asker.id == Review.asked_by_id)
        .outerjoin(reviewer, reviewer.id == Review.reviewer_id)
        .order_by(Review.id.desc())
    )
