"""Voting on an article: whether it helped, once for each reader; who votes again has changed their mind."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from app.accounts.user import User
from app.articles.article import Article
from app.articles.feedback.article_vote import STAMP, ArticleVote, Reason
from app.core import clock
from app.core.db import db
from app.core.uow import verb
from app.core.web.page_cache import bump


@dataclass(frozen=True)
class Opinion:
    """What somebody thinks of an article; reasons and comment belong to one that did not help."""

    helped: bool
    reasons: Collection[Reason] = ()
    comment: str = ""


@verb
def vote(article: Article, opinion: Opinion, *, visitor: str, by: User | None) -> ArticleVote:
    """Let this be the reader's one vote on the article as it reads now.

    `visitor` is the key of the browser, `by` the person if they are signed in.  What the person has
    said before is replaced, and what somebody said at this browser without signing in; never what
    another person did who has used it.
    """
    mine = and_(ArticleVote.visitor == visitor, ArticleVote.person_id.is_(None))
    if by is not None:
        mine = or_(mine, ArticleVote.person_id == by.id)
    held = db.session.scalars(
        select(ArticleVote)
        .where(ArticleVote.article_id == article.id, mine)
        .order_by(ArticleVote.id)
    ).all()
    for older in held[1:]:
        db.session.delete(older)
    db.session.flush()  # person and visitor of a vote are unique: others let go of them first
    said = held[0] if held else ArticleVote(article_id=article.id)
    said.revision_id = article.live_revision_id
    said.helped, said.comment = opinion.helped, opinion.comment
    said.reasons = sorted(opinion.reasons)
    said.visitor = visitor if by is None else None
    said.person_id = by.id if by is not None else None
    said.created_at = clock.now()
    db.session.add(said)
    bump(STAMP)
    return said
