"""The library: sections and the articles in them, as somebody may read them."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from app.accounts.user import Person
from app.articles.access import READABLE, VISIBLE, ShownSection, is_visible, readable_by
from app.articles.article import STAMP, Article, Section
from app.articles.languages import place, site_language
from app.articles.linking import address
from app.core.db import db
from app.core.web.remembering import remembered


@dataclass(frozen=True)
class Listed:
    """An article in a list."""

    slug: str
    lang: str
    title: str
    summary: str

    @property
    def url(self) -> str:
        """The address of its page."""
        return address(place(self.slug, self.lang))


@dataclass(frozen=True)
class Shelf:
    """A section with the articles in it that somebody may read."""

    section: ShownSection
    articles: list[Listed]


def in_section(path: str, user: Person, *, lang: str | None = None) -> list[Listed]:
    """The articles of a section, in its order, each once: in this language where there is a choice.

    Without a language, that of the site.
    """
    readable, lang = readable_by(user), lang or site_language()

    def read() -> list[Listed]:
        parameters = {"path": path, "lang": lang, "readable": readable}
        return [Listed(*row) for row in db.session.execute(_IN_SECTION, parameters)]

    return remembered(STAMP, ("section", path, lang, *readable), read)


def library(user: Person) -> list[Shelf]:
    """Every section that holds something for this person, with its articles, in order."""
    parameters = {"lang": site_language(), "readable": readable_by(user)}
    rows = db.session.execute(_LIBRARY, parameters)
    return [
        Shelf(ShownSection(*key), [Listed(*row[: len(_LISTED)]) for row in shelf])
        for key, shelf in groupby(rows, key=lambda row: row[len(_LISTED) :])
    ]


_Twin = aliased(Article)
_LANG: Any = bindparam("lang")
_IN_ITS_LANGUAGE = or_(
    Article.lang == _LANG,
    ~exists().where(
        _Twin.lang == _LANG,
        or_(
            _Twin.id == Article.translation_of,
            _Twin.translation_of == Article.id,
            _Twin.translation_of == Article.translation_of,
        ),
        is_visible(_Twin, READABLE),
    ),
)
"""Of an article in several languages, the one in this language; all others as they are."""

_LISTED = (Article.slug, Article.lang, Article.title, Article.summary)
_IN_SECTION = (
    select(*_LISTED)
    .where(Article.section_path == bindparam("path"), VISIBLE, _IN_ITS_LANGUAGE)
    .order_by(Article.position, Article.title)
)
_LIBRARY = (
    select(*_LISTED, Section.path, Section.slug, Section.title, Section.description)
    .join(Section, Section.path == Article.section_path)
    .where(VISIBLE, _IN_ITS_LANGUAGE)
    .order_by(Section.position, Section.title, Section.path, Article.position, Article.title)
)
