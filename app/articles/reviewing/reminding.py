"""Reminding the owners of articles that fall due, once each time that happens."""

from sqlalchemy import or_, select

from app.articles.article import Article
from app.articles.events import ArticleDue
from app.articles.reviewing.due import is_due
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.uow import verb

_NOT_TOLD = or_(
    Article.reminded_at.is_(None),
    Article.reminded_at < Article.updated_at,
    Article.reminded_at < Article.reviewed_at,
)


@verb
def remind() -> None:
    """Announce what has fallen due and was not announced since it was changed or confirmed last."""
    now = clock.now()
    owned = Article.owner_id.is_not(None)
    for article in db.session.scalars(select(Article).where(is_due(now), owned, _NOT_TOLD)).all():
        article.reminded_at = now
        publish(ArticleDue(article_id=article.id))
