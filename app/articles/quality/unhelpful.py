"""Articles of which many readers said that they did not help."""

from collections.abc import Iterator

from flask import url_for
from sqlalchemy import case, func, select

from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.articles.feedback.article_vote import ArticleVote
from app.articles.quality.broken import live
from app.articles.quality.finding import Finding
from app.core.db import db

FEWEST = 5
"""Votes below which nothing is concluded."""
MOST_NO = 0.5
"""The share of readers who said no from which an article is listed."""


def unhelpful() -> Iterator[Finding]:
    """The articles, those with most readers who said no first."""
    for row in db.session.execute(_UNHELPFUL):
        yield Finding(
            title=row.title,
            sentence=f"{row.no} of {row.votes} readers said that it did not help.",
            fix_url=url_for("content.list_feedback", id=row.id),
            fix="Read why",
            article_id=row.id,
            path=row.path or "",
        )


_NO = func.sum(case((ArticleVote.helped, 0), else_=1))
_VOTES = func.count(ArticleVote.id)
_UNHELPFUL = (
    select(Article.id, Article.title, ContentFile.path, _NO.label("no"), _VOTES.label("votes"))
    .join(ArticleVote, ArticleVote.article_id == Article.id)
    .outerjoin(ContentFile, ContentFile.article_id == Article.id)
    .where(live(Article))
    .group_by(Article.id, Article.title, ContentFile.path)
    .having(_VOTES >= FEWEST, _NO >= MOST_NO * _VOTES)
    .order_by(_NO.desc(), Article.id)
)
