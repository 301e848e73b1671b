"""Articles, for the search."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, select

from app.accounts.user import Person
from app.articles.access import visible
from app.articles.article import Article, Section, Visibility
from app.articles.events import ArticleChanged
from app.articles.languages import place
from app.articles.linking import address
from app.articles.revision import Revision
from app.core.db import db
from app.search.asked import Asked
from app.search.document import Document, Shown
from app.search.jobs import reindex as reindex_later
from app.search.sources import Source, saying_all

KIND = "article"


def reindex(fact: ArticleChanged) -> None:
    """Let the worker bring the article up to date in the index."""
    reindex_later.later(kind=KIND, ref=fact.article_id)


def documents(refs: Sequence[str]) -> Iterable[Document]:
    """Title and text, and the words that its writer expects people to search for."""
    rows = select(
        Article.id,
        Article.title,
        Article.summary,
        Article.visibility,
        Article.updated_at,
        Revision.body,
        Revision.front_json,
    ).join(Revision, Revision.id == Article.live_revision_id)
    published = rows.where(Article.id.in_(refs), Article.shown)
    for row in db.session.execute(published):
        expected = [*row.front_json.get("synonyms", ()), *row.front_json.get("tags", ())]
        yield Document(
            kind=KIND,
            ref=row.id,
            title=row.title,
            body="\n\n".join((row.summary, row.body, "\n".join(expected))),
            audiences=frozenset({row.visibility.value}),
            updated_at=row.updated_at,
        )


def refs() -> Sequence[str]:
    """All published articles."""
    ids = select(Article.id).where(Article.shown).order_by(Article.id)
    return db.session.scalars(ids).all()


def shown(refs: Sequence[str], viewer: Person, asked: Asked) -> list[Shown]:
    """The articles, each with its text, or with its summary if that says one of the words."""
    rows = _SHOWN.where(visible(viewer))
    return [
        Shown(
            ref=row.id,
            title=row.title,
            url=address(place(row.slug, row.lang)),
            text=row.body if asked.is_said_in(row.body) else row.summary,
            status="internal" if row.visibility is Visibility.AGENTS else "",
            facts=(row.section,),
            updated_at=row.updated_at,
        )
        for row in db.session.execute(rows, {"refs": refs})
    ]


def titled(asked: Asked, viewer: Person, count: int) -> Sequence[str]:
    """Articles with the words in their titles, the newest first."""
    found = select(Article.id).where(visible(viewer), saying_all(Article.title, len(asked.words)))
    newest = found.order_by(Article.updated_at.desc(), Article.id).limit(count)
    return db.session.scalars(newest, asked.patterns).all()


_SHOWN = (
    select(
        Article.id,
        Article.slug,
        Article.lang,
        Article.title,
        Article.summary,
        Article.visibility,
        Article.updated_at,
        Section.title.label("section"),
        Revision.body,
    )
    .join(Section, Section.path == Article.section_path)
    .join(Revision, Revision.id == Article.live_revision_id)
    .where(Article.id.in_(bindparam("refs", expanding=True)))
)
SOURCE = Source(kind=KIND, documents=documents, refs=refs, shown=shown, titled=titled)
