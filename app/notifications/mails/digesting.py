"""Writing digests: one mail with everything that somebody has not seen yet, when they want it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import starmap
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.accounts import people
from app.accounts.user import User
from app.articles.article import Article
from app.articles.reviewing.review import Review
from app.community.question import Question
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import verb
from app.core.web.addresses import absolute
from app.mail.composing import Composed, compose
from app.mail.outbound import Kind
from app.mail.pen import Item
from app.mail.posting import queue
from app.notifications.choice import DIGEST_HOUR, DigestTimes, Every
from app.notifications.links import Stop, choices_url, stop_url
from app.notifications.mails.rhythm import last_due
from app.notifications.mails.waiting import mark_mailed, waiting
from app.notifications.matter import Matter
from app.notifications.notice import WAITING, Digest, Notice
from app.notifications.occasion import CATALOGUE, Way
from app.tickets.ticket import Ticket

LONGEST = 40
"""Lines of a digest; what is more stands on the site."""


def due() -> Iterator[tuple[int, datetime]]:
    """Whose digest is due, and since when."""
    now = clock.now()
    for row in db.session.execute(_WAITING_PEOPLE).all():
        zone = ZoneInfo(row.zone) if row.zone else settings().zone
        hour = DIGEST_HOUR if row.hour is None else row.hour
        since = last_due(row.every or Every.DAY, hour=hour, zone=zone, now=now)
        if row.first < since and (row.last is None or row.last < since):
            yield row.user_id, since


def send(user_id: int, *, due_at: datetime) -> None:
    """Send this person the digest that was due then, once; nothing when there is nothing to say.

    It says who did what to which matter, and repeats no word that anybody wrote there.
    """
    user = people.people_by_id([user_id])[user_id]
    notices = waiting(user, Way.DIGEST)
    if not notices:
        return _take_empty(user_id=user_id, due_at=due_at)
    stopping = stop_url(Stop(user.id))
    composed = _composed(notices, stopping)
    return _post(composed, notices, user=user, due_at=due_at, stopping=stopping)


def _composed(notices: Sequence[Notice], stopping: str) -> Composed:
    items = _items(notices)
    return compose(
        "notifications/mail/digest.md",
        count=len(notices),
        first=items[0].title,
        items=items[:LONGEST],
        more=len(items) - LONGEST,
        url=absolute("notifications.list_notices"),
        stopping=stopping,
        choosing=choices_url(),
    )


def _items(notices: Sequence[Notice]) -> list[Item]:
    """A line for each matter, that with the newest notice first."""
    names = people.names_of({each.by_id for each in notices if each.by_id})
    happened: dict[Matter, Counter[str]] = {}
    for each in reversed(notices):
        said = CATALOGUE[each.occasion].said(names.get(each.by_id or 0, ""))
        happened.setdefault(Matter.of(each), Counter())[said] += 1
    titles = _titles(happened)
    return [
        Item(
            titles[matter],
            absolute(matter.page, **matter.where),
            "; ".join(starmap(_times, told.items())),
        )
        for matter, told in happened.items()
    ]


def _times(said: str, count: int) -> str:
    return said if count == 1 else f"{said}, {count} times"


def _titles(matters: Collection[Matter]) -> dict[Matter, str]:
    tickets = select(Ticket.id, Ticket.subject).where(Ticket.id.in_(_ids(matters, "ticket_id")))
    questions = select(Question.id, Question.title).where(
        Question.id.in_(_ids(matters, "question_id"))
    )
    reviews = (
        select(Review.id, Article.title)
        .join(Article, Article.id == Review.article_id)
        .where(Review.id.in_(_ids(matters, "review_id")))
    )
    articles = select(Article.id, Article.title).where(Article.id.in_(_ids(matters, "article_id")))
    named = {Matter(id): f"{subject} [{id}]" for id, subject in db.session.execute(tickets)}
    asked = {Matter(question_id=id): title for id, title in db.session.execute(questions)}
    proposed = {Matter(review_id=id): title for id, title in db.session.execute(reviews)}
    written = {Matter(article_id=id): title for id, title in db.session.execute(articles)}
    return named | asked | proposed | written


def _ids(matters: Collection[Matter], name: str) -> list[Any]:
    return [id for each in matters if (id := getattr(each, name)) is not None]


@verb
def _post(
    composed: Composed, notices: Sequence[Notice], *, user: User, due_at: datetime, stopping: str
) -> None:
    if not _take(user.id, due_at):
        return
    mail = queue(
        composed,
        to=user.email,
        kind=Kind.TICKET,
        automatic=True,
        about=f"digest:{user.id}",
        unsubscribe_url=stopping,
    )
    mark_mailed(notices, mail)


@verb
def _take_empty(*, user_id: int, due_at: datetime) -> None:
    _take(user_id, due_at)


def _take(user_id: int, due_at: datetime) -> bool:
    """Make this digest ours, unless it was written already.  Of two at once, one fails and finds it so."""
    if db.session.get(Digest, (user_id, due_at)):
        return False
    db.session.add(Digest(user_id=user_id, due_at=due_at))
    db.session.flush()  # before anything is queued
    return True


_WAITING_PEOPLE = (
    select(
        Notice.user_id,
        func.min(Notice.created_at).label("first"),
        DigestTimes.every,
        DigestTimes.hour,
        DigestTimes.zone,
        select(func.max(Digest.due_at))
        .where(Digest.user_id == Notice.user_id)
        .scalar_subquery()
        .label("last"),
    )
    .outerjoin(DigestTimes, DigestTimes.user_id == Notice.user_id)
    .where(WAITING, Notice.way == Way.DIGEST)
    .group_by(Notice.user_id, DigestTimes.every, DigestTimes.hour, DigestTimes.zone)
)
