"""Articles that nobody has looked at for long, and those to which no other article leads."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select

from app.articles.article import Article, Status
from app.articles.content_file import ContentFile
from app.articles.links.link import ArticleLink, LinkKind
from app.articles.quality.broken import live
from app.articles.quality.finding import Finding, edit_url
from app.core import clock
from app.core.db import db
from app.core.settings import settings

STALE_AFTER_D = 365
"""Days without a change after which an article should be read again."""


def stale() -> Iterator[Finding]:
    """Published articles whose text has not changed for long, the oldest first."""
    for row in db.session.execute(_STALE.where(Article.updated_at < _long_ago())):
        changed = row.updated_at.astimezone(settings().zone)
        yield Finding(
            title=row.title,
            sentence=f"Nobody has changed it since {changed:%-d %B %Y}.",
            fix_url=edit_url(row.id),
            fix="Read it again",
            article_id=row.id,
            path=row.path or "",
        )


def orphans() -> Iterator[Finding]:
    """Articles to which no other article leads."""
    for row in db.session.execute(_ORPHANS):
        yield Finding(
            title=row.title,
            sentence="No other article leads here.",
            fix_url=edit_url(row.id),
            fix="Look at it",
            article_id=row.id,
            path=row.path or "",
        )


def _long_ago() -> datetime:
    return clock.now() - timedelta(days=STALE_AFTER_D)


_ROWS = select(Article.id, Article.title, Article.updated_at, ContentFile.path).outerjoin(
    ContentFile, ContentFile.article_id == Article.id
)
_STALE = _ROWS.where(Article.status == Status.PUBLISHED, live(Article)).order_by(
    Article.updated_at, Article.id
)
_LEADS_HERE = exists().where(
    ArticleLink.kind == LinkKind.ARTICLE,
    ArticleLink.article_id != Article.id,
    or_(
        and_(ContentFile.path.is_not(None), ArticleLink.to_path == ContentFile.path),
        ArticleLink.to_path == "/" + Article.slug,
    ),
)
_ORPHANS = _ROWS.where(Article.shown, ~_LEADS_HERE).order_by(ContentFile.path, Article.id)
