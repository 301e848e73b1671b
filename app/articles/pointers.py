"""What a text says about other articles: relatives, the original of a translation, old addresses.

A file that says otherwise would be left out by the sync (E108, E113; `references.py`).
"""

from collections.abc import Mapping

from sqlalchemy import or_, select

from app.articles.article import Article
from app.articles.files.fields import Fields
from app.articles.languages import place
from app.articles.redirect import Redirect
from app.core.db import db
from app.core.errors import InvalidInput


def refuse_unknown(fields: Fields, *, id: str) -> None:
    """Raise InvalidInput (fields `related`, `translation_of`, `aliases`) for what leads nowhere.

    `id` is that of the article which says it.
    """
    original = fields.translation_of or ""
    names = {*fields.related, *fields.aliases, original} - {""}
    if not names:
        return
    slugs = names | {each.rpartition("/")[2] for each in fields.aliases}
    known = db.session.scalars(
        select(Article).where(
            Article.deleted_at.is_(None), or_(Article.id.in_(names), Article.slug.in_(slugs))
        )
    ).all()
    there = {each.id for each in known} | {each.slug for each in known}
    for name in fields.related:
        if name not in there:
            raise InvalidInput(f'There is no article "{name}".', field="related")
    if original:
        _refuse_original(original, {each.id: each.lang for each in known}, fields.lang)
    addresses = {place(each.slug, each.lang): each.id for each in known}
    _refuse_aliases(fields, addresses, id=id)


def _refuse_original(original: str, languages: Mapping[str, str], lang: str) -> None:
    if original not in languages:
        raise InvalidInput("There is no article with this id.", field="translation_of")
    if languages[original] == lang:
        raise InvalidInput(
            "That article is in the same language. Choose another language for this one.",
            field="translation_of",
        )


def _refuse_aliases(fields: Fields, addresses: Mapping[str, str], *, id: str) -> None:
    rows = select(Redirect.old_path).where(
        Redirect.old_path.in_(fields.aliases), Redirect.article_id != id
    )
    taken = set(db.session.scalars(rows)) if fields.aliases else set()
    for alias in fields.aliases:
        if alias == place(fields.slug, fields.lang):
            raise InvalidInput("This is its address already.", field="aliases")
        if alias in taken or addresses.get(alias, id) != id:
            raise InvalidInput(f'"{alias}" leads to another article already.', field="aliases")
