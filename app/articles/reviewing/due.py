"""Which articles should be looked at again: none that readers see stays unread by its owner for ever.

Due is an article whose interval has passed since its text changed last, or somebody said that it is
still right.  The interval is that of its text, else of its folder, else the desk's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.user import User
from app.articles.article import Article, Section
from app.articles.intervals import after, before
from app.core.db import at_most, db
from app.core.settings import settings

MOST = 200


@dataclass(frozen=True)
class DueArticle:
    """An article to be looked at; `since` is when it fell due, `checked_at` when it was right last."""

    id: str
    url: str
    title: str
    section: str
    owner_id: int | None
    owner: str
    checked_at: datetime
    since: datetime


def due(now: datetime, *, owner_id: int | None = None) -> Sequence[DueArticle]:
    """Those due by then, what was looked at longest ago first, at most `MOST`; of one owner if named."""
    mine = [Article.owner_id == owner_id] if owner_id is not None else []
    rows = (
        select(Article, Section.title.label("section"), User.name)
        .join(Section, Section.path == Article.section_path)
        .outerjoin(User, User.id == Article.owner_id)
        .where(is_due(now), *mine)
        .order_by(func.coalesce(Article.reviewed_at, Article.updated_at), Article.id)
        .limit(at_most(MOST))
    )
    return [
        DueArticle(
            id=article.id,
            url=article.url,
            title=article.title,
            section=section,
            owner_id=article.owner_id,
            owner=owner or "",
            checked_at=article.checked_at,
            since=due_at(article) or now,
        )
        for article, section, owner in db.session.execute(rows)
    ]


def due_at(article: Article) -> datetime | None:
    """When an article falls due; None: never, for no interval is set."""
    every = desk_interval()
    if article.review_due_at is not None:
        return article.review_due_at
    return after(article.checked_at, every) if every else None


def desk_interval() -> str:
    """The interval of articles about which nothing else is said; empty: they are never due."""
    every = settings().content_review_every
    return "" if every == "never" else every


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that leaves only articles that readers see and that are due by then."""
    own = and_(Article.review_due_at.is_not(None), Article.review_due_at <= now)
    every = desk_interval()
    due = own
    if every:
        start = before(now, every)
        checked_long_ago = and_(
            Article.updated_at <= start,
            or_(Article.reviewed_at.is_(None), Article.reviewed_at <= start),
        )
        due = or_(own, and_(Article.review_due_at.is_(None), checked_long_ago))
    return and_(Article.shown, due)
