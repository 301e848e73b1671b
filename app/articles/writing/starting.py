"""Starting texts for new articles: articles in a folder of their own, edited like all others."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.articles.article import Article
from app.articles.composing import path_of
from app.articles.editing import text_of
from app.articles.writing.particulars import Said, blank, said_in
from app.core.db import at_most, db
from app.core.errors import NotFound
from app.core.web.filters import MANY

FOLDER = "templates"
"""Articles in it are drafts for staff, so no reader ever meets them."""

_KEPT = ("tags", "synonyms", "review_every", "faq", "body")


@dataclass(frozen=True)
class Template:
    """A starting text."""

    id: str
    title: str
    summary: str


def templates() -> Sequence[Template]:
    """All of them, in their order."""
    rows = (
        select(Article.id, Article.title, Article.summary)
        .where(Article.section_path == FOLDER, Article.deleted_at.is_(None))
        .order_by(Article.position, Article.title)
        .limit(at_most(MANY))
    )
    return [Template(*row) for row in db.session.execute(rows)]


def started(template: str, *, folder: str) -> Said:
    """The form of a new article in a folder as a template fills it.  Raises NotFound."""
    if not template:
        return blank(folder)
    article = db.session.get(Article, template)
    if article is None or article.section_path != FOLDER or article.deleted_at is not None:
        raise NotFound("There is no such template here any more.")
    said = said_in(text_of(article), path=path_of(article))
    return blank(folder) | {key: said[key] for key in _KEPT}
