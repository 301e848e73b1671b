"""The text of an article as its author wrote it, Markdown, without what only its editors need to know."""

import posixpath
from collections.abc import Collection
from typing import Any
from urllib.parse import unquote

from sqlalchemy import bindparam, or_, select

from app.accounts.user import Person
from app.articles.access import VISIBLE, ShownArticle, readable_by
from app.articles.article import STAMP, Article
from app.articles.assets.known import known_at
from app.articles.content_file import ContentFile
from app.articles.languages import place
from app.articles.linking import ASSETS, address, anchor, is_id, is_local, targets
from app.articles.links.prose import only_prose
from app.articles.links.readers import for_readers
from app.articles.revision import Revision
from app.core.db import db
from app.core.settings import settings
from app.core.web.remembering import remembered

_FILES = "../assets/"


def plain_text(article: ShownArticle, user: Person) -> str:
    """Title and body; links to articles lead to the pages that this person may read, others are words.

    Three statements at most, remembered.  The keys of the file and remarks are left out: they name
    owners, sources and the like.
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
    """The text with whole addresses; what this person may not read is not named."""
    names = {target: _name_of(target, path) for target, _ in targets(only_prose(body))}
    pages, files = _pages(names.values(), readable), _files(names.values())

    def lead(target: str) -> str | None:
        name, fragment = names.get(target) or _name_of(target, path), target.partition("#")[2]
        if name in pages:
            return f"{settings().public_url}{pages[name]}" + (
                f"#{anchor(fragment)}" if fragment else ""
            )
        if name in files:
            return f"{settings().public_url}{files[name]}"
        if is_local(target) or is_id(name) or target.startswith(ASSETS):
            return None
        is_path = target.startswith("/") and not target.startswith("//")
        return f"{settings().public_url}{target}" if is_path else target

    return for_readers(body, lead)


def _name_of(target: str, path: str) -> str:
    """The id of an article, or a path seen from the folder of the articles; else the target."""
    name = unquote(target.partition("#")[0].partition("?")[0])
    if name.startswith(ASSETS):
        return posixpath.normpath(f"{_FILES}{name.removeprefix(ASSETS)}")
    return (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        if is_local(target)
        else name
    )


def _pages(names: Collection[str], readable: list[str]) -> dict[str, str]:
    """The addresses of articles by their ids and the paths of their files."""
    wanted = [name for name in names if name]
    if not wanted:
        return {}
    rows = db.session.execute(_PLACES, {"names": wanted, "readable": readable}).all()
    every = [
        (name, address(place(row.slug, row.lang))) for row in rows for name in (row.id, row.path)
    ]
    return {name: page for name, page in every if name}


def _files(names: Collection[str]) -> dict[str, str]:
    """The addresses of pictures and documents by the paths of their files."""
    paths = {name.removeprefix(_FILES) for name in names if name.startswith(_FILES)}
    return {f"{_FILES}{path}": image.url for path, image in known_at(paths).items()}


_BODY = (
    select(Revision.body, ContentFile.path)
    .outerjoin(ContentFile, ContentFile.article_id == Revision.article_id)
    .where(Revision.id == bindparam("id"))
)
_NAMES: Any = bindparam("names", expanding=True)
_PLACES = (
    select(Article.id, ContentFile.path, Article.slug, Article.lang)
    .outerjoin(ContentFile, ContentFile.article_id == Article.id)
    .where(or_(ContentFile.path.in_(_NAMES), Article.id.in_(_NAMES)), VISIBLE)
)
