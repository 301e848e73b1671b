"""Articles that nobody has looked at for long, and those to which no other article leads."""

from collections.abc import Iterator

from sqlalchemy import and_, exists, or_, select

from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.articles.languages import own_name, site_language
from app.articles.links.link import ArticleLink, LinkKind
from app.articles.quality.broken import stands_at
from app.articles.quality.finding import Finding, edit_url
from app.articles.reviewing.due import due
from app.articles.translations.queries import outdated
from app.core import clock
from app.core.db import db
from app.core.settings import settings


def stale() -> Iterator[Finding]:
    """Articles that are due to be looked at again, what was looked at longest ago first."""
    for each in due(clock.now()):
        checked = each.checked_at.astimezone(settings().zone)
        yield Finding(
            title=each.title,
            sentence=f"Nobody has looked at it since {checked:%-d %B %Y}.",
            fix_url=edit_url(each.id),
            fix="Read it again",
            article_id=each.id,
        )


def outdated_translations() -> Iterator[Finding]:
    """Translations whose originals were changed since, those of the latest changes first."""
    for each in outdated():
        changed = each.original_changed_at.astimezone(settings().zone)
        yield Finding(
            title=f"{each.title} ({own_name(each.lang)})",
            sentence=f"“{each.original_title}” was changed on {changed:%-d %B %Y}.",
            fix_url=edit_url(each.id),
            fix="Translate it again",
            article_id=each.id,
        )


def orphans() -> Iterator[Finding]:
    """Articles to which no other article leads."""
    for row in db.session.execute(_ORPHANS, {"site": site_language()}):
        yield Finding(
            title=row.title,
            sentence="No other article leads here.",
            fix_url=edit_url(row.id),
            fix="Look at it",
            article_id=row.id,
            path=row.path or "",
        )


_ROWS = select(Article.id, Article.title, Article.updated_at, ContentFile.path).outerjoin(
    ContentFile, ContentFile.article_id == Article.id
)
_LEADS_HERE = exists().where(
    ArticleLink.kind == LinkKind.ARTICLE,
    ArticleLink.article_id != Article.id,
    or_(
        and_(ContentFile.path.is_not(None), ArticleLink.to_path == ContentFile.path),
        ArticleLink.to_path == "/" + stands_at(Article),
        ArticleLink.to_path == "/" + Article.id,
    ),
)
_ORPHANS = _ROWS.where(Article.shown, ~_LEADS_HERE).order_by(ContentFile.path, Article.id)
