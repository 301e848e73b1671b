"""Looking at all links to the web, and noting what was learnt."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from sqlalchemy import func, or_, select, update

from app.articles.article import Article
from app.articles.links.link import ArticleLink, LinkKind
from app.articles.quality.broken import finding_at, live, placed
from app.articles.quality.finding import Finding, quoted
from app.articles.quality.outward.asking import Outcome, ask
from app.articles.quality.outward.asking_all import MOST, ask_all
from app.articles.quality.outward.web_link import Answer, LinkCheck, WebLink
from app.core import clock
from app.core.db import db, insert_into
from app.core.settings import settings
from app.core.uow import let_go, unit_of_work, verb

GIVEN_UP_AFTER = timedelta(hours=2)
"""A check that has not ended by then does not hinder another."""


def under_way() -> LinkCheck | None:
    """The check that has not ended yet."""
    return db.session.scalar(
        select(LinkCheck)
        .where(
            LinkCheck.finished_at.is_(None),
            LinkCheck.asked_at > clock.now() - GIVEN_UP_AFTER,
        )
        .order_by(LinkCheck.id.desc())
        .limit(1)
    )


def last_check() -> LinkCheck | None:
    """The newest check, ended or not."""
    return db.session.scalar(select(LinkCheck).order_by(LinkCheck.id.desc()).limit(1))


def check_links(check_id: int) -> None:
    """Ask about each address, and note each answer as it comes."""
    urls = db.session.scalars(_URLS).all()
    question = partial(ask, ours=settings().public_url)
    let_go()
    with unit_of_work():
        _begin(check_id, total=min(len(urls), MOST))
    for number, (url, outcome) in enumerate(ask_all(urls, ask=question), 1):
        with unit_of_work():
            _note(check_id, url, outcome, done=number)
    _finish(check_id)


def web() -> Iterator[Finding]:
    """Links that led nowhere when they were looked at last."""
    for row in db.session.execute(_LOST):
        day = row.checked_at.astimezone(settings().zone)
        said = f"{row.said} Looked at on {day:%-d %B %Y}: {quoted(row.target)}"
        yield finding_at(row, said)


@verb
def _begin(check_id: int, *, total: int) -> None:
    _say(check_id, total=total, done=0)


@verb
def _note(check_id: int, url: str, outcome: Outcome, *, done: int) -> None:
    said = {
        "url": url,
        "answer": outcome.answer,
        "said": outcome.said,
        "checked_at": clock.now(),
    }
    row = insert_into(WebLink).values(sha=hashlib.sha256(url.encode()).hexdigest(), **said)
    db.session.execute(row.on_conflict_do_update(index_elements=["sha"], set_=said))
    _say(check_id, done=done)


@verb
def _finish(check_id: int) -> None:
    _say(check_id, finished_at=clock.now())


def _say(check_id: int, **said: object) -> None:
    db.session.execute(update(LinkCheck).where(LinkCheck.id == check_id).values(**said))


_URLS = (
    select(ArticleLink.target)
    .join(Article, Article.id == ArticleLink.article_id)
    .outerjoin(WebLink, WebLink.url == ArticleLink.target)
    .where(ArticleLink.kind == LinkKind.WEB, live(Article))
    .group_by(ArticleLink.target)
    .order_by(func.max(WebLink.checked_at).is_not(None), func.max(WebLink.checked_at))
)
"""Those that were never looked at first, then what was looked at longest ago: everybody gets a turn."""
_LOST = (
    placed(WebLink.said, WebLink.checked_at)
    .join(WebLink, WebLink.url == ArticleLink.target)
    .where(
        ArticleLink.kind == LinkKind.WEB,
        or_(WebLink.answer == Answer.GONE, WebLink.answer == Answer.TROUBLE),
    )
)
