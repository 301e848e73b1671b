"""Keeping what somebody has begun to write, until it is saved or thrown away."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.user import User
from app.articles.article import Article
from app.articles.writing.draft import ArticleDraft
from app.articles.writing.particulars import Said
from app.core import clock
from app.core.db import at_most, db, insert_into
from app.core.uow import verb
from app.core.web.filters import MANY

UNTITLED = "Untitled"


@dataclass(frozen=True, slots=True)
class Begun:
    """A line of the list of what somebody has begun."""

    key: str
    article_id: str | None
    title: str
    saved_at: datetime


def new_key() -> str:
    """A name for the draft of an article that is not there yet."""
    return f"new-{secrets.token_urlsafe(12)}"


def draft_of(key: str, user: User) -> ArticleDraft | None:
    """What this person has begun to write under a key."""
    return db.session.get(ArticleDraft, (user.id, key))


def drafts_of(user: User) -> Sequence[Begun]:
    """What this person has begun and not saved, the latest first."""
    rows = (
        select(ArticleDraft.key, ArticleDraft.article_id, ArticleDraft.said, ArticleDraft.saved_at)
        .where(ArticleDraft.user_id == user.id)
        .order_by(ArticleDraft.saved_at.desc())
        .limit(at_most(MANY))
    )
    return [
        Begun(key, article_id, said.get("title") or UNTITLED, saved_at)
        for key, article_id, said, saved_at in db.session.execute(rows)
    ]


@verb
def keep_draft(
    key: str, *, article: Article | None, base: int | None, said: Said, by: User
) -> None:
    """Let this be what the person has begun under the key, in an article or in a new one."""
    new = {
        "article_id": article.id if article else None,
        "base_revision_id": base,
        "said": said,
        "saved_at": clock.now(),
    }
    added = insert_into(ArticleDraft).values(user_id=by.id, key=key, **new)
    db.session.execute(added.on_conflict_do_update(index_elements=["user_id", "key"], set_=new))


@verb
def discard_draft(key: str, *, by: User) -> None:
    """Throw away what this person has begun under the key."""
    mine = (ArticleDraft.key == key, ArticleDraft.user_id == by.id)
    db.session.execute(delete(ArticleDraft).where(*mine))
