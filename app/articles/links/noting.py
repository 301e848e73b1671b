"""Noting what an article links to, beside its text."""

from collections.abc import Iterable

from sqlalchemy import delete, insert

from app.articles.links.finding import Found
from app.articles.links.link import ArticleLink
from app.core.db import db


def note_links(article_id: str, found: Iterable[Found]) -> None:
    """Let these be all links and pictures of an article."""
    db.session.execute(delete(ArticleLink).where(ArticleLink.article_id == article_id))
    rows = [
        {
            "article_id": article_id,
            "kind": each.kind,
            "target": each.target,
            "to_path": each.to_path,
            "fragment": each.fragment,
            "image_sha": each.image.sha256 if each.image else None,
            "line": each.line,
            "column": each.column,
            "described": each.described,
        }
        for each in found
    ]
    if rows:
        db.session.execute(insert(ArticleLink), rows)
