"""The history of an article: its revisions, and what became of the text in which file and app were level."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import func, select

from app.articles.article import Article
from app.articles.content_file import ContentFile
from app.articles.files.fault import Faulty
from app.articles.files.source_file import read
from app.articles.revision import Revision
from app.core.comparing import lines_of
from app.core.db import db


def revisions_of(article: Article) -> Sequence[Revision]:
    """All of them, the newest first."""
    rows = select(Revision).where(Revision.article_id == article.id).order_by(Revision.id.desc())
    return db.session.scalars(rows).all()


def number_of(revision: Revision) -> int:
    """Which revision of its article it is, counted from 1."""
    up_to = select(func.count()).where(
        Revision.article_id == revision.article_id, Revision.id <= revision.id
    )
    return db.session.scalar(up_to) or 0


def path_of_file(article: Article) -> str | None:
    """Where its file lies below the root, if it ever had one."""
    path = select(ContentFile.path).where(ContentFile.article_id == article.id)
    return db.session.scalar(path)


def base_of(article: Article) -> Revision | None:
    """The text in which file and app were level last."""
    rows = select(Revision).join(ContentFile, ContentFile.base_revision_id == Revision.id)
    return db.session.scalars(rows.where(ContentFile.article_id == article.id)).first()


def difference_lines(article: Article, root: Path) -> Iterator[str]:
    """Two comparisons as of `diff -u`: from the base to the file, and from the base to the app."""
    base = base_of(article)
    path = path_of_file(article)
    live = db.session.get_one(Revision, article.live_revision_id)
    before = base.manuscript.text if base else ""
    named = f"base (revision {base.id})" if base else "base (none)"
    if path:
        yield from _unified(before, _text_of(root, path), named, f"file {path}")
    yield from _unified(before, live.manuscript.text, named, f"app (revision {live.id})")


def _text_of(root: Path, path: str) -> str:
    try:
        return read(root, path).text
    except Faulty:
        return ""


def _unified(old: str, new: str, old_name: str, new_name: str) -> Iterator[str]:
    found = difflib.unified_diff(lines_of(old), lines_of(new), old_name, new_name)
    return (line.rstrip("\n") for line in found)
