"""Who may do what with a proposed change, and who may say that an article is still right."""

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.articles.article import Article
from app.articles.reviewing.review import Review, ReviewState
from app.core.db import db
from app.core.errors import InvalidInput, NotAllowed, NotFound


def review_or_404(number: int) -> Review:
    """The review; whoever enters may see them all.  Raises NotFound."""
    review = db.session.get(Review, number)
    if review is None:
        raise NotFound("There is no such review.")
    return review


def may_judge(user: Person, review: Review) -> bool:
    """Whether this person can publish the change, or give it back."""
    return (
        user.may(Permission.ARTICLES_WRITE)
        and review.asked_by_id != user.id
        and review.state is ReviewState.OPEN
    )


def may_withdraw(user: Person, review: Review) -> bool:
    """Whether this person can take the change back."""
    is_theirs = review.asked_by_id == user.id or user.may(Permission.ARTICLES_WRITE)
    return review.is_under_way and is_theirs


def to_withdraw(review: Review, user: Person) -> Review:
    """The review, if this person may take it back.  Raises NotAllowed."""
    if not (review.asked_by_id == user.id or user.may(Permission.ARTICLES_WRITE)):
        raise NotAllowed("Only who proposed a change can take it back, or who may publish it.")
    return review


def reviewers_for(user: User) -> dict[int, str]:
    """Whom this person can ask: names by id."""
    able = names_with(Permission.ARTICLES_WRITE)
    return {id: name for id, name in able.items() if id != user.id}


def reviewer_named(id: int | None, user: User) -> User | None:
    """Whoever was chosen; None for anybody.  Raises InvalidInput (field `reviewer`)."""
    if not id:
        return None
    if id not in reviewers_for(user):
        raise InvalidInput("Choose somebody else who may publish articles.", field="reviewer")
    return db.session.get_one(User, id)


def may_confirm(user: Person, article: Article) -> bool:
    """Whether this person can say that it is still right: who may publish it, or looks after it."""
    is_owner = user.is_authenticated and article.owner_id == user.id
    return article.deleted_at is None and (user.may(Permission.ARTICLES_WRITE) or is_owner)


def to_confirm(article: Article, user: Person) -> Article:
    """The article, if this person can say so.  Raises NotAllowed."""
    if not may_confirm(user, article):
        raise NotAllowed("Who looks after this article says that, or who may publish it.")
    return article
