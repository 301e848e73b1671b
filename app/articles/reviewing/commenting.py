"""Saying something about a proposed change, or about one line of it."""

from app.accounts.user import User
from app.articles.events import ReviewCommented
from app.articles.reviewing.review import Review, ReviewComment
from app.articles.revision import Revision
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.events import publish
from app.core.uow import verb
from app.core.written import Written, written


def comment(review: Review, text: str, *, by: User, line: int | None = None) -> ReviewComment:
    """Say it; `line` counts the lines of the proposed text from 1.  Raises InvalidInput (`text`, `line`)."""
    proposed = db.session.get_one(Revision, review.proposed_revision_id)
    if line is not None and not 1 <= line <= proposed.manuscript.text.count("\n") + 1:
        raise InvalidInput("The proposed text has no such line.", field="line")
    return _comment(review, said=written(text), by=by, line=line)


@verb
def _comment(review: Review, *, said: Written, by: User, line: int | None) -> ReviewComment:
    made = ReviewComment(
        review_id=review.id,
        revision_id=review.proposed_revision_id,
        author_id=by.id,
        body=said.text,
        html=said.html,
        line=line,
    )
    db.session.add(made)
    publish(ReviewCommented(review_id=review.id, by_id=by.id))
    return made
