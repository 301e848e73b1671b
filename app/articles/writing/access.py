"""Who may do what with articles in the browser: the one table, asked by routes, verbs and pages."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.articles.article import Article, Status
from app.core.db import db
from app.core.errors import NotAllowed, NotFound

UNPUBLISHED = (Status.DRAFT, Status.REVIEW)
NOT_YET = "Readers see this article. Keep your text for later and ask for a review of it."


class Act(StrEnum):
    """What is done to an article."""

    SAVE = "save"
    """Let it say something else; what readers see then changes at once."""
    PUBLISH = "publish"
    """Publish, archive, move into the trash and out of it."""


def _may_draft(user: Person, article: Article | None) -> bool:
    is_draft = article is None or article.status in UNPUBLISHED
    return user.may(Permission.ARTICLES_DRAFT) and is_draft


def _may_publish(user: Person, article: Article | None) -> bool:
    return user.may(Permission.ARTICLES_WRITE)


RULES: Mapping[Act, Callable[[Person, Article | None], bool]] = {
    Act.SAVE: lambda user, article: _may_publish(user, article) or _may_draft(user, article),
    Act.PUBLISH: _may_publish,
}


def can(act: Act, user: Person, article: Article | None = None) -> bool:
    """Whether this person may do it; without an article: to one that is new."""
    return RULES[act](user, article)


def insist(act: Act, user: Person, article: Article | None) -> None:
    """Raise NotAllowed, unless this person may do it."""
    if not can(act, user, article):
        raise NotAllowed(NOT_YET)


def insist_on_status(status: Status, user: Person) -> None:
    """Raise NotAllowed for a text that would be published, or archived, by somebody who may not."""
    if status not in UNPUBLISHED and not can(Act.PUBLISH, user):
        raise NotAllowed("You may write drafts. A lead publishes them.")


def article_or_404(id: str) -> Article:
    """The article, whatever its status.  Whoever enters where it is asked for may read them all.

    Raises NotFound.
    """
    article = db.session.get(Article, id)
    if article is None:
        raise NotFound("There is no such article here any more.")
    return article
