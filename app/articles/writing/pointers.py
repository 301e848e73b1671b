"""What a form says about other articles: relatives, the original of a translation, old addresses.

A file that says otherwise would be left out by the sync (E108, E113).
"""

from sqlalchemy import or_, select

from app.articles.article import Article
from app.articles.redirect import Redirect
from app.articles.writing.particulars import Said, entries
from app.core.db import db
from app.core.errors import InvalidInput


def refuse_unknown(said: Said, *, article: Article | None) -> None:
    """Raise InvalidInput (fields `related`, `translation_of`, `aliases`) for what leads nowhere."""
    related, aliases = entries("related", said), entries("aliases", said)
    original = said["translation_of"].strip()
    names = {*related, *aliases, original} - {""}
    if not names:
        return
    known = _known(names)
    for name in related:
        if name not in known:
            raise InvalidInput(f'There is no article "{name}".', field="related")
    if original:
        _refuse_original(original, known, said["lang"])
    _refuse_aliases(aliases, known, said["slug"], id=article.id if article else "")


def _known(names: set[str]) -> dict[str, tuple[str, str]]:
    """Id and language of articles, by their ids and by their slugs."""
    rows = select(Article.id, Article.slug, Article.lang).where(
        Article.deleted_at.is_(None), or_(Article.id.in_(names), Article.slug.in_(names))
    )
    found = db.session.execute(rows).all()
    by_slug = {row.slug: (row.id, row.lang) for row in found}
    return by_slug | {row.id: (row.id, row.lang) for row in found}


def _refuse_original(original: str, known: dict[str, tuple[str, str]], lang: str) -> None:
    if original not in known or known[original][0] != original:
        raise InvalidInput("There is no article with this id.", field="translation_of")
    if known[original][1] == lang:
        raise InvalidInput(
            "That article is in the same language. Choose another language for this one.",
            field="translation_of",
        )


def _refuse_aliases(
    aliases: list[str], known: dict[str, tuple[str, str]], slug: str, *, id: str
) -> None:
    bare = [each.strip("/").removeprefix("help/") for each in aliases]
    rows = select(Redirect.old_path).where(Redirect.old_path.in_(bare), Redirect.article_id != id)
    taken = set(db.session.scalars(rows)) | {each for each in bare if each in known}
    for alias in bare:
        if alias == slug:
            raise InvalidInput("This is its address already.", field="aliases")
        if alias in taken:
            raise InvalidInput(f'"{alias}" leads to another article already.', field="aliases")
