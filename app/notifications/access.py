"""Which notices somebody may still see: asked whenever they are shown, and when a mail is made of them."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, or_, true

from app.accounts.permissions import Permission
from app.accounts.user import User
from app.articles.article import Article
from app.articles.reviewing.review import Review, ReviewState
from app.community import access as community
from app.community.answer import Answer
from app.community.question import Question
from app.notifications.notice import Notice
from app.notifications.occasion import CATALOGUE, Occasion, Side
from app.tickets import access as tickets
from app.tickets.ticket import Ticket

Rows = Select[*tuple[Any, ...]]

ME = community.ME
ORGANISATION = bindparam("organisation", type_=Integer)


@dataclass(frozen=True)
class Sight:
    """What decides which statement reads somebody's notices."""

    all_tickets: bool
    posts: community.Sight


def sight_of(user: User) -> Sight:
    """How far this person sees."""
    return Sight(user.may(Permission.TICKETS_READ), community.sight_of(user))


def values_of(user: User) -> dict[str, int | None]:
    """The parameters of a statement with `readable`."""
    return {"me": user.id, "organisation": user.organisation_id}


def joined(rows: Rows) -> Rows:
    """The statement with what notices are about at their side."""
    return (
        rows.outerjoin(Ticket, Ticket.id == Notice.ticket_id)
        .outerjoin(Question, Question.id == Notice.question_id)
        .outerjoin(Answer, Answer.id == Notice.answer_id)
        .outerjoin(Review, Review.id == Notice.review_id)
        .outerjoin(Article, Article.id == Notice.article_id)
    )


@cache
def readable(sight: Sight) -> ColumnElement[bool]:
    """The condition that leaves, in a `joined` statement, a person's notices of what they may see.

    What is not so any more is left out too: a ticket that was given to somebody else meanwhile, an
    answer that is not the accepted one after all, a change that nobody waits for, an article that was
    confirmed or changed.
    """
    theirs = tickets.of_their_side(ME, ORGANISATION)
    for_staff = [each for each in Occasion if CATALOGUE[each].side is Side.STAFF]
    return and_(
        Notice.user_id == ME,
        true() if sight.all_tickets else Notice.occasion.not_in(for_staff),
        or_(Notice.ticket_id.is_(None), true() if sight.all_tickets else theirs),
        or_(Notice.question_id.is_(None), community.visible(sight.posts, Question)),
        or_(Notice.answer_id.is_(None), community.visible(sight.posts, Answer)),
        or_(Notice.occasion != Occasion.ASSIGNED, Ticket.assignee_id == ME),
        or_(Notice.occasion != Occasion.ANSWER_ACCEPTED, Answer.accepted_at.is_not(None)),
        or_(Notice.occasion != Occasion.REVIEW_ASKED, Review.state == ReviewState.OPEN),
        or_(
            Notice.occasion != Occasion.ARTICLE_DUE,
            and_(
                Article.owner_id == ME,
                Article.shown,
                Article.updated_at < Notice.created_at,
                or_(Article.reviewed_at.is_(None), Article.reviewed_at < Notice.created_at),
            ),
        ),
    )
