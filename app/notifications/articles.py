"""Who is told of what happens to articles."""

from app.articles.events import (
    ArticleDue,
    ChangesAsked,
    ConflictFound,
    ReviewApproved,
    ReviewCommented,
    ReviewRequested,
)
from app.notifications import jobs, reading
from app.notifications.matter import Matter


def on_conflict(fact: ConflictFound) -> None:
    """Whoever looks after the article, and those who may end the conflict."""
    jobs.tell_of_conflict.later(article_id=fact.article_id)


def on_review_requested(fact: ReviewRequested) -> None:
    """Whoever is asked, or all who may publish."""
    reading.read(fact.by_id, Matter(review_id=fact.review_id))
    jobs.tell_of_review.later(review_id=fact.review_id, by_id=fact.by_id)


def on_review_commented(fact: ReviewCommented) -> None:
    """Whoever has a part in the review; whoever comments has seen what there was."""
    reading.read(fact.by_id, Matter(review_id=fact.review_id))
    jobs.tell_of_comment.later(review_id=fact.review_id, by_id=fact.by_id)


def on_changes_asked(fact: ChangesAsked) -> None:
    """Whoever proposed the change."""
    reading.read(fact.by_id, Matter(review_id=fact.review_id))
    jobs.tell_of_return.later(review_id=fact.review_id, by_id=fact.by_id)


def on_review_approved(fact: ReviewApproved) -> None:
    """Whoever proposed the change."""
    reading.read(fact.by_id, Matter(review_id=fact.review_id))
    jobs.tell_of_approval.later(review_id=fact.review_id, by_id=fact.by_id)


def on_due(fact: ArticleDue) -> None:
    """Whoever looks after the article."""
    jobs.tell_of_due.later(article_id=fact.article_id)
