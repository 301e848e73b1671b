"""The text of an article as its author wrote it, Markdown, without what only its editors need to know."""

import posixpath

from sqlalchemy import bindparam, select

from app.accounts.user import Person
from app.articles.access import READABLE, ShownArticle, readable_by
from app.articles.article import STAMP, Article
from app.articles.content_file import ContentFile
from app.articles.languages import place
from app.articles.linking import address, anchor, is_local, targets
from app.articles.revision import Revision
from app.core.db import db
from app.core.settings import settings
from app.core.web.remembering import remembered


def plain_text(article: ShownArticle, user: Person) -> str:
    """Title and body; links to other files lead to the pages that this person may read.

    Three statements at most, remembered.  The keys of the file are left out: they name owners,
    sources and the like.
    """
    readable = readable_by(user)
    key = ("plain text", article.id, *readable)
    return remembered(STAMP, key, lambda: _made(article, list(readable)))


def _made(article: ShownArticle, readable: list[str]) -> str:
    row = db.session.execute(_BODY, {"id": article.revision_id}).one()
    body = _leading_to_pages(row.body, row.path or "", readable).strip()
    title = f"# {article.title}"
    if body.startswith("# ") and body.partition("\n")[0].strip() == title:
        return f"{body}\n"
    return f"{title}\n\n{body}\n" if body else f"{title}\n"


def _leading_to_pages(body: str, path: str, readable: list[str]) -> str:
    """The text with addresses instead of the names of files; what this person may not read stays as it is."""
    found = [(target, offset) for target, offset in targets(body) if is_local(target)]
    folder = posixpath.dirname(path)
    paths = {target: _path_of(target, folder) for target, _ in found}
    if not paths:
        return body
    rows = db.session.execute(_PLACES, {"paths": list(paths.values()), "readable": readable})
    pages = {row.path: address(place(row.slug, row.lang)) for row in rows}
    for target, offset in sorted(found, key=lambda each: -each[1]):
        page, fragment = pages.get(paths[target]), target.partition("#")[2]
        if page is not None:
            to = f"{settings().public_url}{page}" + (f"#{anchor(fragment)}" if fragment else "")
            body = body[:offset] + to + body[offset + len(target) :]
    return body


def _path_of(target: str, folder: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target.partition("#")[0].partition("?")[0]))


_BODY = (
    select(Revision.body, ContentFile.path)
    .outerjoin(ContentFile, ContentFile.article_id == Revision.article_id)
    .where(Revision.id == bindparam("id"))
)
_PLACES = (
    select(ContentFile.path, Article.slug, Article.lang)
    .join(Article, Article.id == ContentFile.article_id)
    .where(
        ContentFile.path.in_(bindparam("paths", expanding=True)),
        Article.shown,
        Article.visibility.in_(READABLE),
    )
)
