"""Ending a conflict: the text of the file, of the app, or one made of both; all stay in the history."""

from sqlalchemy import select

from app.accounts.user import User
from app.articles.article import STAMP, Article
from app.articles.composing import compose, path_of
from app.articles.content_file import ContentFile, FileState
from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.source_file import normal_lines
from app.articles.merging import NAMES
from app.articles.preparing import Prepared
from app.articles.revising import Origin, say
from app.articles.revision import Revision, RevisionSource
from app.articles.translations.tracing import trace
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, InvalidTransition
from app.core.merging import has_marks
from app.core.uow import verb
from app.core.web.page_cache import bump

Seen = tuple[int | None, int | None]
"""The revisions of the file's and of the live text that somebody chose between."""


def seen(article: Article) -> Seen:
    """The two as they are now."""
    return article.draft_revision_id, article.live_revision_id


def take_file(article: Article, *, seen: Seen, by: User | None) -> None:
    """Let the text of the file be the article's.  Raises InvalidTransition, Conflict, InvalidInput."""
    text = _draft_of(article).manuscript
    _resolve_with(article, text, seen=seen, by=by, note="took the text of the file")


def take_app(article: Article, *, seen: Seen, by: User | None) -> None:
    """Let the live text stay; the next sync writes it to the file.  Raises as `take_file`."""
    text = db.session.get_one(Revision, article.live_revision_id).manuscript
    _resolve_with(article, text, seen=seen, by=by, note="kept the text of the app")


def take_merged(article: Article, text: str, *, seen: Seen, by: User | None) -> None:
    """Let another text be the article's; the next sync writes it to the file.

    Raises as `take_file`, and InvalidInput (field `text`) while marks of the merge are left in it.
    """
    if has_marks(normal_lines(text), names=NAMES):
        raise InvalidInput("There are still lines with <<<<<<< or >>>>>>> in it.", field="text")
    try:
        manuscript = Manuscript.of(normal_lines(text))
    except Faulty as fault:
        raise InvalidInput(fault.faults[0].sentence, field="text") from fault
    _resolve_with(article, manuscript, seen=seen, by=by, note="made of both texts")


def _resolve_with(
    article: Article, text: Manuscript, *, seen: Seen, by: User | None, note: str
) -> None:
    prepared = compose(article.id, text, path=path_of(article))
    _resolve(article, prepared=prepared, seen=seen, author=by.name if by else "", note=note)


@verb
def _resolve(article: Article, *, prepared: Prepared, seen: Seen, author: str, note: str) -> None:
    draft = _draft_of(article)
    if (draft.id, article.live_revision_id) != seen:
        raise Conflict("One of the two texts has changed meanwhile. Look at them again.")
    say(article, prepared, Origin(RevisionSource.MERGE, author, note, other_parent_id=draft.id))
    trace()
    article.draft_revision_id = None
    file = db.session.scalars(select(ContentFile).where(ContentFile.article_id == article.id)).one()
    file.base_revision_id, file.state = draft.id, FileState.OK
    bump(STAMP)


def _draft_of(article: Article) -> Revision:
    if article.draft_revision_id is None:
        raise InvalidTransition("This conflict was resolved already.")
    return db.session.get_one(Revision, article.draft_revision_id)
