"""Noticing that a file or an article has changed, without reading any."""

import os
from pathlib import Path

from sqlalchemy import func, select

from app.articles.article import STAMP, Article
from app.articles.revision import Revision
from app.core.db import db
from app.core.uow import reading
from app.core.web.page_cache import CacheStamp

Look = tuple[object, ...]


def look(root: Path) -> Look:
    """Something that is another as soon as a file or an article is."""
    with reading():
        stamp = db.session.scalar(select(CacheStamp.number).where(CacheStamp.name == STAMP))
        last = db.session.scalar(select(func.max(Revision.id)))
        count = db.session.scalar(select(func.count()).select_from(Article))
    return stamp, last, count, (*_files(root), *_files(root.parent / "assets"))


def _files(root: Path) -> list[tuple[str, int, int, int]]:
    found = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                stat = (Path(folder) / name).lstat()
                found.append((f"{folder}/{name}", stat.st_size, stat.st_mtime_ns, stat.st_ino))
    return found
