"""Saying something about a proposed change, or about one line of it."""

from dataclasses import dataclass

from app.accounts.user import User
from app.articles.events import ReviewCommented
from app.articles.reviewing.review import Review, ReviewComment
from app.articles.revision import Revision
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.events import publish
from app.core.uow import verb
from app.core.written import Written, written


@dataclass(frozen=True)
class Remark:
    """What somebody says: of the whole text, or of one line of it."""

    said: Written
    line: int | None = None


def remark(review: Review, text: str, *, line: int | None = None) -> Remark:
    """Make it ready; `line` counts the lines of the proposed text from 1.

    Raises InvalidInput (`text`, `line`).
    """
    proposed = db.session.get_one(Revision, review.proposed_revision_id)
    if line is not None and not 1 <= line <= proposed.manuscript.text.count("\n") + 1:
        raise InvalidInput("The proposed text has no such line.", field="line")
    return Remark(written(text), line)


@verb
def comment(review: Review, made: Remark, *, by: User) -> None:
    """Say it, and let those hear of it who have a part in the review."""
    add(review, made, by=by)
    publish(ReviewCommented(review_id=review.id, by_id=by.id))


def add(review: Review, made: Remark, *, by: User) -> None:
    """The same as a part of an act that tells of itself."""
    db.session.add(
        ReviewComment(
            review_id=review.id,
            revision_id=review.proposed_revision_id,
            author_id=by.id,
            body=made.said.text,
            html=made.said.html,
            line=made.line,
        )
    )
