"""Whose history is read: of every article, also one that nobody is shown; and who may take a text back."""

import re
from pathlib import Path

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.articles.article import Article
from app.articles.deciding import Mode
from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import read
from app.articles.history import path_of_file
from app.articles.revision import Revision
from app.articles.revisions.comparing import Side, side_of
from app.articles.ways import mode_of
from app.core.db import db
from app.core.errors import NotFound
from app.core.settings import settings
from app.core.web.nonsense import LARGEST_ID

FILE, LIVE = "file", "live"
"""What stands for the text of the file and for the live one where a revision could be named."""
_NUMBER = re.compile(r"\d{1,10}", re.ASCII)


def any_article_or_404(id: str) -> Article:
    """The article, be it a draft or in the trash: whoever enters may read them all.  Raises NotFound."""
    article = db.session.get(Article, id)
    if article is None:
        raise NotFound("There is no such article, or it was deleted for good.")
    return article


def revision_or_404(article: Article, id: int) -> Revision:
    """A revision of this article.  Raises NotFound."""
    revision = db.session.get(Revision, id) if 0 < id <= LARGEST_ID else None
    if revision is None or revision.article_id != article.id:
        raise NotFound("This article has no such version.")
    return revision


def side_or_404(article: Article, name: str, *, root: Path) -> Side:
    """What is named: a revision by its id, `live`, or `file`.  Raises NotFound."""
    if name == FILE:
        return _file_side(article, root)
    id = (
        article.live_revision_id if name == LIVE else int(name) if _NUMBER.fullmatch(name) else None
    )
    return side_of(revision_or_404(article, id or 0))


def may_restore(user: Person, article: Article) -> bool:
    """Whether this person can take a text of the article back."""
    return (
        user.may(Permission.ARTICLES_WRITE)
        and article.deleted_at is None
        and mode_of(settings()) is not Mode.IMPORT
    )


def _file_side(article: Article, root: Path) -> Side:
    path = path_of_file(article)
    if path is None:
        raise NotFound("This article has no file yet. The next sync makes one.")
    try:
        text = read(root, path).text
    except Faulty as fault:
        raise NotFound(f"There is no file to compare with: {fault.faults[0].sentence}") from fault
    try:
        return Side(FILE, "the file", Manuscript.of(text))
    except Faulty:
        return Side(FILE, "the file", Manuscript("", "", "", text))
