"""Proposing a change to an article, and taking that back: until it is approved, readers see none of it."""

from sqlalchemy import select

from app.accounts.permissions import Permission
from app.accounts.user import User
from app.articles.article import STAMP, Article, Status
from app.articles.editing import prepared_for, refuse_if_files_win, text_of
from app.articles.events import ReviewRequested
from app.articles.files.manuscript import Manuscript
from app.articles.preparing import Prepared
from app.articles.reviewing.review import UNDER_WAY, Review, ReviewState
from app.articles.revising import Origin, keep, say
from app.articles.revision import Revision, RevisionSource
from app.articles.translations.tracing import trace
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, InvalidTransition
from app.core.events import publish
from app.core.uow import verb
from app.core.web.page_cache import bump


def propose(
    article: Article,
    manuscript: Manuscript,
    *,
    by: User,
    reviewer: User | None = None,
    note: str = "",
    over: int | None = None,
) -> Review:
    """Ask that the text become the article's.  `over` is the revision it was written over (None: the live).

    What the same person proposed before and nobody approved is replaced.  A draft is `review` from
    now on, in its text too.  Raises InvalidInput for a text that cannot be used, one that changes
    nothing, and somebody who may not review it; InvalidTransition for an article that is archived or in the
    trash; Conflict when it was edited this moment; NotAllowed where articles are edited in files only.
    """
    refuse_if_files_win()
    _refuse_reviewer(reviewer, by)
    if article.deleted_at is not None or article.status is Status.ARCHIVED:
        raise InvalidTransition("This article was withdrawn. Take it out first.")
    live = text_of(article)
    unpublished = article.status in (Status.DRAFT, Status.REVIEW)
    text = _said_to_be(Status.REVIEW, manuscript) if unpublished else manuscript
    proposed = prepared_for(article, text)
    if proposed.manuscript.sha == live.sha and not unpublished:
        raise InvalidInput("This text is the one that readers see already.", field="text")
    waiting = None
    if article.status is Status.DRAFT:
        waiting = prepared_for(article, _said_to_be(Status.REVIEW, live))
    return _propose(
        article,
        proposed=proposed.manuscript,
        waiting=waiting,
        over=article.live_revision_id,
        base=_base(article, over),
        by=by,
        reviewer=reviewer,
        note=note,
    )


def withdraw(review: Review, *, by: User) -> None:
    """Take a proposal back; a text that waited for it is a draft again.  Raises InvalidTransition."""
    article = db.session.get_one(Article, review.article_id)
    draft = None
    if article.status is Status.REVIEW and under_way(article) == [review]:
        draft = prepared_for(article, _said_to_be(Status.DRAFT, text_of(article)))
    _withdraw(review, article, draft=draft, by=by)


def under_way(article: Article) -> list[Review]:
    """The reviews of an article of which something may come yet."""
    rows = select(Review).where(Review.article_id == article.id, Review.state.in_(UNDER_WAY))
    return list(db.session.scalars(rows.order_by(Review.id)))


@verb
def _propose(
    article: Article,
    *,
    proposed: Manuscript,
    waiting: Prepared | None,
    over: int | None,
    base: int,
    by: User,
    reviewer: User | None,
    note: str,
) -> Review:
    if article.live_revision_id != over:
        raise Conflict("Somebody has edited this article meanwhile. Look at their text first.")
    origin = Origin(RevisionSource.APP, author=by.name, note=note)
    kept = keep(article, proposed, origin)
    if waiting is not None:
        say(article, waiting, Origin(RevisionSource.APP, by.name, "Waits for a review"))
        trace()
        bump(STAMP)
    mine = (each for each in under_way(article) if each.asked_by_id == by.id)
    review = next(mine, None) or Review(article_id=article.id, asked_by_id=by.id)
    review.proposed_revision_id, review.base_revision_id = kept.id, base
    review.reviewer_id, review.note = reviewer.id if reviewer else None, note
    review.state, review.asked_at = ReviewState.OPEN, clock.now()
    review.decided_by_id = review.decided_at = None
    db.session.add(review)
    db.session.flush()  # who is told finds it by its id
    publish(ReviewRequested(review_id=review.id, by_id=by.id))
    return review


@verb
def _withdraw(review: Review, article: Article, *, draft: Prepared | None, by: User) -> None:
    if not review.is_under_way:
        raise InvalidTransition("This review has ended already.")
    review.state, review.decided_by_id = ReviewState.WITHDRAWN, by.id
    review.decided_at = clock.now()
    if draft is not None:
        say(article, draft, Origin(RevisionSource.APP, by.name, "Waits for no review any more"))
        trace()
        bump(STAMP)


def _base(article: Article, over: int | None) -> int:
    revision = db.session.get(Revision, over) if over else None
    if revision is not None and revision.article_id == article.id:
        return revision.id
    return article.live_revision_id or 0


def _refuse_reviewer(reviewer: User | None, by: User) -> None:
    if reviewer is None:
        return
    if reviewer.id == by.id or not reviewer.may(Permission.ARTICLES_WRITE):
        raise InvalidInput("Choose somebody else who may publish articles.", field="reviewer")


def _said_to_be(status: Status, text: Manuscript) -> Manuscript:
    return text.setting({"status": status.value})
