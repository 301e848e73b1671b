"""Who may see an image: whoever may read an article that shows it, and those who write articles."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.accounts.permissions import Permission
from app.accounts.user import Person, Visitor
from app.articles.access import VISIBLE, readable_by
from app.articles.article import STAMP, Article
from app.articles.assets.image import Image
from app.articles.assets.known import KnownImage
from app.articles.links.link import ArticleLink
from app.core.db import db
from app.core.errors import NotFound
from app.core.web.remembering import remembered

MISSING = "There is no such picture here."


@dataclass(frozen=True)
class Served:
    """An image as it is served: what it is, and the hashes of its copies by their names."""

    image: KnownImage
    sizes: Mapping[str, str]
    is_public: bool


def public_image(sha256: str) -> Served | None:
    """The image, if an article shows it that everybody may read.  Asks nobody who they are."""

    def read() -> Served | None:
        return _served(sha256, public=True) if _is_shown(sha256, Visitor()) else None

    return remembered(STAMP, ("public image", sha256), read)


def image_or_404(sha256: str, user: Person) -> Served:
    """The image, if this person may read an article that shows it, or writes articles.

    Raises NotFound.
    """
    if user.may(Permission.ARTICLES_READ_INTERNAL) or _is_shown(sha256, user):
        served = _served(sha256, public=False)
        if served is not None:
            return served
    raise NotFound(MISSING)


def _served(sha256: str, *, public: bool) -> Served | None:
    row = db.session.get(Image, sha256)
    if row is None:
        return None
    known = KnownImage(
        row.sha256, row.name, row.type, row.width, row.height, row.bytes, row.animated
    )
    return Served(known, dict(row.sizes), public)


def _is_shown(sha256: str, user: Person) -> bool:
    parameters = {"sha256": sha256, "readable": readable_by(user)}
    return db.session.scalar(_SHOWN, parameters) is not None


_SHOWN = (
    select(ArticleLink.id)
    .join(Article, Article.id == ArticleLink.article_id)
    .where(ArticleLink.image_sha == bindparam("sha256"), VISIBLE)
    .limit(1)
)
