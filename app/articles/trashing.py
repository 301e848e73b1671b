"""Deleting articles: first into the trash, from where they come back, then for good."""

from datetime import timedelta

from sqlalchemy import select

from app.articles.article import STAMP, Article
from app.articles.composing import refuse_taken_address
from app.articles.content_file import ContentFile
from app.articles.events import ArticleChanged
from app.articles.revision import Revision
from app.articles.tombstone import Tombstone
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.events import publish
from app.core.uow import verb
from app.core.web.page_cache import bump

KEPT_D = 30
"""How many days an article lies in the trash."""


@verb
def trash(article: Article) -> None:
    """Put the article into the trash; the next sync takes its file away.  Raises InvalidTransition."""
    if article.deleted_at is not None:
        raise InvalidTransition("This article is in the trash already.")
    article.deleted_at = clock.now()
    _changed(article)


@verb
def take_out(article: Article) -> None:
    """Take the article out of the trash; the next sync writes its file anew.

    Raises InvalidTransition, and InvalidInput when another article has its address now.
    """
    if article.deleted_at is None:
        raise InvalidTransition("This article is not in the trash.")
    refuse_taken_address(article.id, article)
    article.deleted_at = None
    _changed(article)


@verb
def purge(article: Article) -> None:
    """Delete an article in the trash and its history for good; what is left is its tombstone.

    Raises InvalidTransition.
    """
    if article.deleted_at is None:
        raise InvalidTransition("Put this article into the trash first.")
    base = select(Revision.sha).join(ContentFile, ContentFile.base_revision_id == Revision.id)
    held = db.session.scalar(base.where(ContentFile.article_id == article.id))
    db.session.merge(Tombstone(id=article.id, last_sha=held or "", purged_at=clock.now()))
    db.session.delete(article)
    db.session.flush()  # what hears of it must not find it
    publish(ArticleChanged(article_id=article.id))
    bump(STAMP)


@verb
def purge_old() -> None:
    """Delete for good what has lain in the trash long enough."""
    old = Article.deleted_at < clock.now() - timedelta(days=KEPT_D)
    for article in db.session.scalars(select(Article).where(old)).all():
        purge(article)


def _changed(article: Article) -> None:
    article.open_or_close(clock.now())
    publish(ArticleChanged(article_id=article.id))
    bump(STAMP)
