"""Saying that an article is still right: who and when, without a word of its text or its file."""

from app.accounts.user import User
from app.articles.article import STAMP, Article
from app.articles.editing import prepared_for, text_of
from app.articles.intervals import after
from app.core import clock
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.core.web.page_cache import bump


def confirm(article: Article, *, by: User) -> None:
    """Say so; it is due again when its interval has passed anew.  Raises InvalidTransition in the trash."""
    _confirm(article, every=prepared_for(article, text_of(article)).fields.review_every, by=by)


@verb
def _confirm(article: Article, *, every: str | None, by: User) -> None:
    if article.deleted_at is not None:
        raise InvalidTransition("This article is in the trash.")
    article.reviewed_at, article.reviewed_by_id = clock.now(), by.id
    article.review_due_at = after(article.checked_at, every) if every else None
    bump(STAMP)
