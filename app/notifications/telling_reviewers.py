"""What those who write and review articles are told: of proposed changes, and of articles that are due."""

from sqlalchemy import select

from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.articles.article import Article
from app.articles.reviewing.review import Review, ReviewComment, ReviewState
from app.core.db import db
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion


def tell_of_review(review_id: int, *, by_id: int) -> None:
    """Tell whoever is asked to look at it, or all who may publish, if it still waits for that."""
    review = db.session.get(Review, review_id)
    if review is not None and review.state is ReviewState.OPEN:
        asked = [review.reviewer_id] if review.reviewer_id else names_with(_MAY_PUBLISH)
        note(Occasion.REVIEW_ASKED, asked, _about(review, by_id))


def tell_of_comment(review_id: int, *, by_id: int) -> None:
    """Tell who proposed it, who is to look at it, and who has said something about it."""
    review = db.session.get(Review, review_id)
    if review is None:
        return
    spoke = select(ReviewComment.author_id).where(ReviewComment.review_id == review_id)
    part = {review.asked_by_id, review.reviewer_id, *db.session.scalars(spoke)}
    note(Occasion.REVIEW_COMMENTED, {each for each in part if each}, _about(review, by_id))


def tell_of_return(review_id: int, *, by_id: int) -> None:
    """Tell who proposed it that another text is asked for, if that is still so."""
    review = db.session.get(Review, review_id)
    if review is not None and review.state is ReviewState.CHANGES_ASKED:
        note(Occasion.REVIEW_RETURNED, [review.asked_by_id], _about(review, by_id))


def tell_of_approval(review_id: int, *, by_id: int) -> None:
    """Tell who proposed it that it is published."""
    review = db.session.get(Review, review_id)
    if review is not None and review.state is ReviewState.APPROVED:
        note(Occasion.REVIEW_APPROVED, [review.asked_by_id], _about(review, by_id))


def tell_of_due(article_id: str) -> None:
    """Tell who looks after it that it is due."""
    article = db.session.get(Article, article_id)
    if article is not None and article.owner_id and article.shown:
        happening = Happening(by_id=None, article_id=article.id)
        note(Occasion.ARTICLE_DUE, [article.owner_id], happening)


_MAY_PUBLISH = Permission.ARTICLES_WRITE


def _about(review: Review, by_id: int) -> Happening:
    return Happening(by_id=by_id, review_id=review.id, article_id=review.article_id)
