"""Judging a proposed change: publishing it, merged with what is live now, or asking for another one."""

from dataclasses import dataclass

from app.accounts.user import User
from app.articles.article import STAMP, Article, Status
from app.articles.editing import prepared_for, refuse_if_files_win
from app.articles.events import ChangesAsked, ReviewApproved
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value
from app.articles.merging import BODY, merge
from app.articles.preparing import Prepared
from app.articles.reviewing import commenting
from app.articles.reviewing.commenting import Remark
from app.articles.reviewing.review import Review, ReviewState
from app.articles.revising import Origin, say
from app.articles.revision import Revision, RevisionSource
from app.articles.translations.tracing import trace
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, InvalidTransition, NotAllowed
from app.core.events import publish
from app.core.uow import verb
from app.core.web.page_cache import bump

CHANGED_MEANWHILE = "Another text was proposed meanwhile. Look at that one first."


@dataclass(frozen=True)
class Outcome:
    """What approving would publish; None where the live text contradicts it, in `conflicts`."""

    text: Manuscript | None
    conflicts: tuple[str, ...]
    has_moved_on: bool
    """Whether the live text is another one than the change was written over."""

    @property
    def contradictions(self) -> str:
        """What the two contradict each other in, in words."""
        return ", ".join("the text" if each == BODY else f"“{each}”" for each in self.conflicts)


def outcome(review: Review) -> Outcome:
    """What approving would publish as things are."""
    article = db.session.get_one(Article, review.article_id)
    base, proposed, live = (
        db.session.get_one(Revision, id)
        for id in (review.base_revision_id, review.proposed_revision_id, article.live_revision_id)
    )
    published = {"status": Status.PUBLISHED.value}  # what approving makes of it, whatever it was
    texts = (each.manuscript.setting(published) for each in (base, proposed, live))
    found = merge(*texts)
    return Outcome(found.manuscript, found.conflicts, _words(base) != _words(live))


def approve(review: Review, *, seen: int, by: User, saying: Remark | None = None) -> Revision:
    """Publish the change, over whatever was edited since; `seen` is the proposed revision on the page.

    Raises Conflict when the live text contradicts it or another text was proposed: both stay as they
    are.  NotAllowed for one's own change; InvalidTransition, InvalidInput.
    """
    refuse_if_files_win()
    _refuse(review, seen=seen, by=by)
    article = db.session.get_one(Article, review.article_id)
    _refuse_withdrawn(article)
    found = outcome(review)
    if found.text is None:
        raise Conflict(
            f"What readers see was changed in the same place since: {found.contradictions}."
            " Nothing is lost. Ask for a change that fits the present text."
        )
    prepared = prepared_for(article, found.text)
    return _approve(
        review,
        article,
        prepared=prepared,
        over=article.live_revision_id,
        seen=seen,
        by=by,
        saying=saying,
    )


@verb
def ask_for_changes(review: Review, *, seen: int, by: User, saying: Remark | None = None) -> None:
    """Give it back to whoever proposed it.  Raises NotAllowed for one's own, Conflict, InvalidTransition."""
    _refuse(review, seen=seen, by=by)
    _decide(review, ReviewState.CHANGES_ASKED, by, saying)
    publish(ChangesAsked(review_id=review.id, by_id=by.id))


@verb
def _approve(
    review: Review,
    article: Article,
    *,
    prepared: Prepared,
    over: int | None,
    seen: int,
    by: User,
    saying: Remark | None,
) -> Revision:
    _refuse(review, seen=seen, by=by)
    _refuse_withdrawn(article)
    if article.live_revision_id != over:
        raise Conflict("Somebody has edited this article this moment. Look at their text first.")
    proposed = db.session.get_one(Revision, review.proposed_revision_id)
    merged = review.base_revision_id != over and proposed.id != over
    made = say(
        article,
        prepared,
        Origin(
            RevisionSource.MERGE if merged else RevisionSource.APP,
            author=db.session.get_one(User, review.asked_by_id).name,
            note=review.note or f"Approved by {by.name}",
            other_parent_id=proposed.id if proposed.id != over else None,
        ),
    )
    trace()
    review.published_revision_id = made.id
    _decide(review, ReviewState.APPROVED, by, saying)
    publish(ReviewApproved(review_id=review.id, by_id=by.id))
    bump(STAMP)
    return made


def _refuse_withdrawn(article: Article) -> None:
    """Somebody took it away from readers since; a change of its words does not bring it back."""
    if article.deleted_at is not None:
        raise InvalidTransition("This article is in the trash. Take it out first.")
    if article.status is Status.ARCHIVED:
        raise InvalidTransition("This article was archived. Publish it again first.")


def _words(revision: Revision) -> tuple[str, dict[str, Value]]:
    """What it says, whatever its status."""
    front = {key: value for key, value in revision.manuscript.front.items() if key != "status"}
    return revision.body, front


def _decide(review: Review, state: ReviewState, by: User, saying: Remark | None) -> None:
    if saying is not None:
        commenting.add(review, saying, by=by)
    review.state, review.decided_by_id, review.decided_at = state, by.id, clock.now()


def _refuse(review: Review, *, seen: int, by: User) -> None:
    if review.asked_by_id == by.id:
        raise NotAllowed("Somebody else has to look at a change of yours.")
    if not review.is_under_way:
        raise InvalidTransition("This review has ended already.")
    if review.state is not ReviewState.OPEN:
        raise InvalidTransition("Changes were asked for. Wait for the next text.")
    if review.proposed_revision_id != seen:
        raise Conflict(CHANGED_MEANWHILE)
