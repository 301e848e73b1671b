"""Showing articles from the time on that their texts say, and no longer than that."""

from sqlalchemy import and_, or_, select

from app.articles.article import STAMP, Article
from app.articles.events import ArticleChanged
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.uow import verb
from app.core.web.page_cache import bump


@verb
def open_and_close() -> None:
    """Let those in whose time has come, and out whose time is over."""
    now = clock.now()
    opens = and_(~Article.shown, Article.publish_at <= now)
    closes = and_(Article.shown, Article.expires_at <= now)
    for article in db.session.scalars(select(Article).where(or_(opens, closes))).all():
        was_shown = article.shown
        article.open_or_close(now)
        if article.shown is not was_shown:
            publish(ArticleChanged(article_id=article.id))
            bump(STAMP)
