"""Ending a conflict: the text of the file, of the app, or one made of both; all stay in the history."""

from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import STAMP, Article
from app.articles.composing import compose, path_of
from app.articles.content_file import ContentFile, FileState
from app.articles.files.manuscript import Manuscript
from app.articles.preparing import Prepared
from app.articles.revising import Origin, say
from app.articles.revision import Revision, RevisionSource
from app.core.db import db
from app.core.errors import Conflict, InvalidTransition
from app.core.uow import verb
from app.core.web.page_cache import bump


def take_file(article: Article, *, by: User | None) -> None:
    """Let the text of the file be the article's.  Raises InvalidTransition, Conflict, InvalidInput."""
    _resolve_with(article, draft_of(article).manuscript, by=by, note="took the text of the file")


def take_app(article: Article, *, by: User | None) -> None:
    """Let the live text stay; the next sync writes it to the file.  Raises as `take_file`."""
    live = db.session.get_one(Revision, article.live_revision_id)
    _resolve_with(article, live.manuscript, by=by, note="kept the text of the app")


def take_merged(article: Article, manuscript: Manuscript, *, by: User | None) -> None:
    """Let another text be the article's; the next sync writes it to the file.  Raises as `take_file`."""
    _resolve_with(article, manuscript, by=by, note="made of both texts")


def draft_of(article: Article) -> Revision:
    """The text of the file.  Raises InvalidTransition when there is no conflict."""
    if article.draft_revision_id is None:
        raise InvalidTransition("This conflict was resolved already.")
    return db.session.get_one(Revision, article.draft_revision_id)


def _resolve_with(article: Article, text: Manuscript, *, by: User | None, note: str) -> None:
    draft, live = draft_of(article).id, article.live_revision_id
    if text.front.get("id") != article.id:
        text = text.setting({"id": article.id})
    prepared = compose(article.id, text, path=path_of(article))
    _resolve(
        article, prepared=prepared, seen=(draft, live), author=by.name if by else "", note=note
    )


@verb
def _resolve(
    article: Article, *, prepared: Prepared, seen: tuple[int, int | None], author: str, note: str
) -> None:
    if (article.draft_revision_id, article.live_revision_id) != seen:
        raise Conflict("One of the two texts has changed meanwhile. Look at them again.")
    draft = db.session.get_one(Revision, seen[0])
    say(article, prepared, Origin(RevisionSource.MERGE, author, note, other_parent_id=draft.id))
    article.draft_revision_id = None
    file = db.session.scalars(select(ContentFile).where(ContentFile.article_id == article.id)).one()
    file.base_revision_id, file.state = draft.id, FileState.OK
    bump(STAMP)
