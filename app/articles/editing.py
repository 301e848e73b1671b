"""Editing articles in the app: each change is a revision; the next sync writes it to the file."""

from collections.abc import Mapping

from app.accounts.user import User
from app.articles.article import STAMP, Article, Visibility
from app.articles.claims import new_id
from app.articles.composing import compose, path_of, place_in
from app.articles.deciding import Mode
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.articles.preparing import Prepared
from app.articles.revising import Origin, new_article, say
from app.articles.revision import Revision, RevisionSource
from app.articles.tombstone import Tombstone
from app.articles.translations.tracing import trace
from app.articles.ways import mode_of
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotAllowed
from app.core.settings import settings
from app.core.slugs import slug
from app.core.uow import verb
from app.core.web.page_cache import bump

Front = Mapping[str, Value | int | None]


def write(section: str, *, front: Front, body: str, by: User | None = None) -> Article:
    """Make an article in a section.  Without a visibility, agents alone may read it.

    Raises InvalidInput, and NotAllowed where articles are edited in files only.
    """
    refuse_if_files_win()
    said = {
        "slug": slug(str(front.get("title", ""))),
        "visibility": Visibility.AGENTS.value,
        **front,
    }
    path = place_in(section, str(said["slug"]))
    id = new_id(path, _Taken())
    manuscript = Manuscript.of(body).setting({"id": id, **said})
    return _write(compose(id, manuscript, path=path), by=by)


def edit(article: Article, manuscript: Manuscript, *, by: User | None, note: str = "") -> Revision:
    """Give the article another text, over the one that was read with it.

    Raises InvalidInput for a text that cannot be used, Conflict when somebody else edited meanwhile,
    NotAllowed where articles are edited in files only.
    """
    return edit_as(RevisionSource.APP, article, manuscript, by=by, note=note)


def change(
    article: Article, *, front: Front | None = None, body: str | None = None, by: User | None
) -> Revision:
    """Change some keys (None: take out), or the body; all else stays as it is.  Raises as `edit`."""
    manuscript = text_of(article).setting(front or {})
    return edit(article, manuscript if body is None else manuscript.saying(body), by=by)


def text_of(article: Article) -> Manuscript:
    """What the article says now."""
    return db.session.get_one(Revision, article.live_revision_id).manuscript


def edit_as(
    source: RevisionSource, article: Article, manuscript: Manuscript, *, by: User | None, note: str
) -> Revision:
    """The same, for a text that comes from elsewhere than an editor.  Raises as `edit`."""
    refuse_if_files_win()
    prepared = prepared_for(article, manuscript)
    origin = Origin(source, author=by.name if by else "", note=note)
    return _edit(article, prepared=prepared, over=article.live_revision_id, origin=origin)


def prepared_for(article: Article, manuscript: Manuscript) -> Prepared:
    """Another text of the article, ready to be stored.  Raises InvalidInput.

    While its file contradicts it, an article is shown to no more people than its file allows.
    """
    prepared = compose(article.id, manuscript, path=path_of(article))
    if article.draft_revision_id is None:
        return prepared
    draft = db.session.get_one(Revision, article.draft_revision_id).manuscript
    file = compose(article.id, draft, path=path_of(article)).fields
    return prepared.as_strict_as(file)


def refuse_if_files_win() -> None:
    """Raise NotAllowed where articles are edited in files only."""
    if mode_of(settings()) is Mode.IMPORT:
        raise NotAllowed(
            "Articles are edited in files here. Change the file, and it is taken over."
        )


@verb
def _write(prepared: Prepared, *, by: User | None) -> Article:
    article = new_article(prepared.id, prepared.fields, clock.now())
    say(article, prepared, Origin(RevisionSource.APP, author=by.name if by else ""))
    trace()
    bump(STAMP)
    return article


@verb
def _edit(article: Article, *, prepared: Prepared, over: int | None, origin: Origin) -> Revision:
    if article.live_revision_id != over:
        raise Conflict("Somebody else has edited this article meanwhile. Look at their text first.")
    revision = say(article, prepared, origin)
    trace()
    bump(STAMP)
    return revision


class _Taken:
    """The ids that articles have, or had."""

    def __contains__(self, id: object) -> bool:
        return any(db.session.get(kind, id) for kind in (Article, Tombstone))
