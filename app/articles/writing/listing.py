"""The list of all articles for those who write them: views, filters and counts, in a few statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, true, tuple_

from app.accounts.user import User
from app.articles.article import Article, Section, Status, Visibility
from app.articles.writing.draft import ArticleDraft
from app.core import clock
from app.core.db import db
from app.core.web.pages import Page, decode_cursor, encode_cursor

ROWS = 50


class View(StrEnum):
    """Which articles are shown."""

    ALL = "all"
    MINE = "mine"
    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    TRASH = "trash"


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty fields ask for nothing."""

    view: View = View.ALL
    folder: str | None = None
    owner: int | None = None
    tag: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A line of the list."""

    id: str
    slug: str
    title: str
    status: Status
    visibility: Visibility
    section: str
    owner: str | None
    updated_at: datetime
    publish_at: datetime | None
    expires_at: datetime | None
    deleted_at: datetime | None
    shown: bool
    draft_revision_id: int | None
    begun_at: datetime | None
    """When whoever looks has kept a draft of it."""

    @property
    def standing(self) -> str:
        """As `standing_of`."""
        return standing_of(self)


def articles(wanted: Wanted, *, user: User, after: str) -> Page[ArticleRow]:
    """A page of them, the latest changed first."""
    rows: Select[*tuple[Any, ...]] = (
        select(
            Article.id,
            Article.slug,
            Article.title,
            Article.status,
            Article.visibility,
            Section.title,
            User.name,
            Article.updated_at,
            Article.publish_at,
            Article.expires_at,
            Article.deleted_at,
            Article.shown,
            Article.draft_revision_id,
            ArticleDraft.saved_at,
        )
        .join(Section, Section.path == Article.section_path)
        .outerjoin(User, User.id == Article.owner_id)
        .outerjoin(ArticleDraft, _is_mine(user))
        .where(*_conditions(wanted, user), _behind(after))
        .order_by(Article.updated_at.desc(), Article.id.desc())
        .limit(ROWS + 1)
    )
    found = [ArticleRow(*row) for row in db.session.execute(rows)]
    last = found[ROWS - 1] if len(found) > ROWS else None
    cursor = encode_cursor(last.updated_at.isoformat(), last.id) if last else None
    return Page(items=found[:ROWS], after=cursor)


def counts(user: User) -> Mapping[View, int]:
    """How many articles each view holds."""
    each = [func.count().filter(_in_view(view, user)) for view in View]
    rows = select(*each).select_from(Article).outerjoin(ArticleDraft, _is_mine(user))
    return dict(zip(View, db.session.execute(rows).one(), strict=True))


def folders() -> Sequence[Any]:
    """Path, title and number of articles of each folder, in the order of the help centre."""
    rows = (
        select(Section.path, Section.title, func.count(Article.id))
        .outerjoin(
            Article, and_(Article.section_path == Section.path, Article.deleted_at.is_(None))
        )
        .where(or_(Section.path != "", Article.id.is_not(None)))
        .group_by(Section.path, Section.title, Section.position)
        .order_by(Section.position, Section.title, Section.path)
    )
    return db.session.execute(rows).all()


def tags() -> Sequence[str]:
    """All tags in use, in the order of the alphabet."""
    rows = select(Article.tags).where(
        Article.deleted_at.is_(None), cast(Article.tags, String) != "[]"
    )
    return sorted({tag for found in db.session.scalars(rows) for tag in found}, key=str.casefold)


def standing_of(article: Article | ArticleRow) -> str:
    """Where it is on its way, in the words of the views; or `expired`."""
    now = clock.now()
    if article.deleted_at is not None:
        return View.TRASH.value
    if article.status is not Status.PUBLISHED or article.shown:
        return article.status.value
    if article.expires_at is not None and article.expires_at <= now:
        return "expired"
    return View.SCHEDULED.value  # or its time has come, and the clock has not struck yet


def _conditions(wanted: Wanted, user: User) -> list[ColumnElement[bool]]:
    found = [_in_view(wanted.view, user)]
    if wanted.folder is not None:
        found.append(Article.section_path == wanted.folder)
    if wanted.owner is not None:
        found.append(Article.owner_id == wanted.owner)
    if wanted.tag:
        found.append(_tagged(wanted.tag))
    for word in wanted.words.split():
        columns = (Article.title, Article.summary, Article.slug)
        found.append(or_(*(each.icontains(word, autoescape=True) for each in columns)))
    return found


def _tagged(tag: str) -> ColumnElement[bool]:
    """The column holds a JSON list of texts and nothing else, so a quoted text in it is an entry."""
    return cast(Article.tags, String).contains(json.dumps(tag), autoescape=True)


def _in_view(view: View, user: User) -> ColumnElement[bool]:
    later = and_(Article.publish_at.is_not(None), Article.publish_at > clock.now())
    there = Article.deleted_at.is_(None)
    published = and_(there, Article.status == Status.PUBLISHED)
    match view:
        case View.ALL:
            return there
        case View.MINE:
            begun = ArticleDraft.saved_at.is_not(None)
            own = and_(
                Article.owner_id == user.id, Article.status.in_((Status.DRAFT, Status.REVIEW))
            )
            return and_(there, or_(begun, own))
        case View.SCHEDULED:
            return and_(published, later)
        case View.PUBLISHED:
            return and_(published, ~later)
        case View.TRASH:
            return Article.deleted_at.is_not(None)
        case _:
            return and_(there, Article.status == Status(view.value))


def _is_mine(user: User) -> ColumnElement[bool]:
    return and_(ArticleDraft.article_id == Article.id, ArticleDraft.user_id == user.id)


def _behind(after: str) -> ColumnElement[bool]:
    match decode_cursor(after, parts=2):
        case [str(at), str(id)] if (moment := _moment(at)) is not None:
            return tuple_(Article.updated_at, Article.id) < (moment, id)
        case _:
            return true()


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
