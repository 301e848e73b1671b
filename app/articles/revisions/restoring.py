"""Taking an earlier text back: it becomes a new revision, so taking it back can be taken back too."""

from app.accounts.user import User
from app.articles.article import Article
from app.articles.editing import edit_as, text_of
from app.articles.files.manuscript import Manuscript
from app.articles.history import number_of
from app.articles.revision import Revision, RevisionSource
from app.core.errors import Conflict, InvalidTransition

STAYING = (
    *("id", "status", "visibility", "publish_at", "expires_at", "slug", "aliases"),
    *("category", "order", "lang", "translation_of", "owner", "review_every"),
)
"""Keys that stay as they are: who reads an article, when, where, and who looks after it, is no matter
of what it said once.  An old text must neither hide an article nor show it to more people."""


def restore(
    article: Article, revision: Revision, *, over: int | None, by: User | None, note: str = ""
) -> Revision:
    """Let the words of a revision be the article's again, over the live revision that was seen.

    Raises Conflict when somebody edited meanwhile, InvalidTransition for an article in the trash and
    for words that it says already, InvalidInput for a text that cannot be used (any more), NotAllowed
    where articles are edited in files only.
    """
    if article.deleted_at is not None:
        raise InvalidTransition("This article is in the trash. Take it out first.")
    if article.live_revision_id != over:
        raise Conflict("Somebody has edited this article meanwhile. Look at their text first.")
    live = text_of(article)
    text = with_words_of(live, revision.manuscript)
    if text.sha == live.sha or (text.front, text.body) == (live.front, live.body):
        raise InvalidTransition("The article says this already.")
    said = note or f"Version {number_of(revision)} again"
    return edit_as(RevisionSource.RESTORE, article, text, by=by, note=said)


def with_words_of(live: Manuscript, former: Manuscript) -> Manuscript:
    """The former text with those keys of the live one that stay."""
    staying = {
        key: live.front.get(key) for key in STAYING if live.front.get(key) != former.front.get(key)
    }
    return former.setting(staying) if staying else former
