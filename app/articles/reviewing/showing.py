"""Showing a proposed change: what it changes, what would be published, and the text to go on with."""

from dataclasses import dataclass

from app.accounts.user import User
from app.articles.article import Article
from app.articles.editing import text_of
from app.articles.reviewing.judging import Outcome, outcome
from app.articles.reviewing.proposing import under_way
from app.articles.reviewing.review import Review
from app.articles.revision import Revision
from app.articles.revisions.comparing import Comparison, Side, compare, side_of
from app.core.db import db


@dataclass(frozen=True)
class ShownChange:
    """The change as its page shows it.

    `against_live`: compared with what readers see now; else with the text that it was written over, if
    readers see another one meanwhile.
    """

    article: Article
    comparison: Comparison
    outcome: Outcome
    against_live: bool
    number: int
    """Which version of the article the proposed text is."""

    @property
    def lines_shown(self) -> frozenset[int]:
        """The lines of the proposed text that are on the page."""
        if self.against_live:
            return frozenset()
        return frozenset(row.new for row in self.comparison.lines.inline if row.new)


def shown_change(review: Review, *, against_live: bool) -> ShownChange:
    """What it changes.  Of a review that has ended, always what it changed when it was proposed."""
    article = db.session.get_one(Article, review.article_id)
    proposed = side_of(db.session.get_one(Revision, review.proposed_revision_id))
    base = side_of(db.session.get_one(Revision, review.base_revision_id))
    found = outcome(review)
    old, new = base, proposed
    against_live = against_live and review.is_under_way and found.text is not None
    if against_live and found.text is not None:
        live = db.session.get_one(Revision, article.live_revision_id)
        old, new = side_of(live), Side("", "what would be published", found.text)
    return ShownChange(
        article=article,
        comparison=compare(old, new, by_word=True),
        outcome=found,
        against_live=against_live,
        number=proposed.number or 0,
    )


def text_to_change(article: Article, user: User) -> tuple[str, int | None, str]:
    """What this person goes on with, the revision it was written over, and their note: their own
    proposal if they have one under way, else the live text."""
    for review in under_way(article):
        if review.asked_by_id == user.id:
            proposed = db.session.get_one(Revision, review.proposed_revision_id)
            return proposed.manuscript.text, review.base_revision_id, review.note
    return text_of(article).text, article.live_revision_id, ""
