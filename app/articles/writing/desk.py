"""What lies on the desk of somebody who writes: the form, over which text, and how it will look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.articles.article import Article
from app.articles.composing import path_of
from app.articles.editing import text_of
from app.articles.writing import drafting, starting
from app.articles.writing.particulars import EMPTY, Said, said_in
from app.core.db import db


@dataclass(frozen=True)
class Desk:
    """An article, or a new one, as somebody has it in front of them."""

    article: Article | None
    key: str
    base: int | None
    said: Said = field(default_factory=dict)
    begun_at: datetime | None = None
    """Since when a draft of it is kept that was not saved."""

    @property
    def is_behind(self) -> bool:
        """Whether somebody else has saved since the draft was begun."""
        return self.article is not None and self.base != self.article.live_revision_id


def desk_of(article: Article, *, user: User) -> Desk:
    """The article with what this person has begun to change in it, if anything."""
    draft = drafting.draft_of(article.id, user)
    if draft is None:
        said = said_in(text_of(article), path=path_of(article))
        return Desk(article, article.id, article.live_revision_id, said)
    return Desk(article, article.id, draft.base_revision_id, EMPTY | draft.said, draft.saved_at)


def new_desk(*, key: str, template: str, folder: str, title: str, user: User) -> Desk:
    """A new article: as it was kept under a key, or as a template begins it.  Raises NotFound."""
    draft = drafting.draft_of(key, user) if key else None
    if draft is not None and draft.article_id is None:
        return Desk(None, key, None, EMPTY | draft.said, draft.saved_at)
    said = starting.started(template, folder=folder) | {"title": title}
    return Desk(None, drafting.new_key(), None, said)


def owners() -> Mapping[str, str]:
    """Names of those who may own an article, by their mail addresses."""
    ids = names_with(Permission.ARTICLES_DRAFT)
    rows = select(User.email, User.name).where(User.id.in_(ids)).order_by(User.name)
    return {row.email: row.name for row in db.session.execute(rows)}
