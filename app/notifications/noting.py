"""Noting for people that something happened, each as they chose to hear of it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from app.accounts import people
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import verb
from app.notifications import choosing, following
from app.notifications.mails import jobs
from app.notifications.matter import Matter
from app.notifications.notice import Notice
from app.notifications.occasion import CATALOGUE, Occasion, Side, Way


@dataclass(frozen=True, kw_only=True)
class Happening:
    """What happened: to which ticket, question, change or article, by which words, and by whom."""

    by_id: int | None
    ticket_id: int | None = None
    question_id: int | None = None
    review_id: int | None = None
    article_id: str | None = None
    """The article; also of a change to it."""
    message_id: int | None = None
    answer_id: int | None = None


def note(occasion: Occasion, ids: Iterable[int], happening: Happening) -> None:
    """Add a notice for each of these people who wants to hear of it, and see to its mail.

    Nobody is told of their own doing, nor is anybody without an account: there is nowhere to read it.
    """
    hearers = [user.id for user in _reachable(occasion, set(ids) - {happening.by_id})]
    hearers = following.without_muting(occasion, hearers, happening.ticket_id)
    ways = choosing.ways_of(hearers, occasion)
    told = [(each, ways[each]) for each in sorted(hearers) if ways[each] is not Way.NONE]
    if told:
        _add(told, occasion=occasion, happening=happening)


def _reachable(occasion: Occasion, ids: set[int]) -> list[User]:
    for_staff = CATALOGUE[occasion].side is Side.STAFF
    found = people.people_by_id(sorted(ids)).values()
    return [user for user in found if user.is_active and (user.is_staff or not for_staff)]


@verb
def _add(told: Sequence[tuple[int, Way]], *, occasion: Occasion, happening: Happening) -> None:
    now, apart = clock.now(), CATALOGUE[occasion].apart
    for user_id, way in told:
        sent = now if apart and way is Way.MAIL else None
        db.session.add(
            Notice(
                user_id=user_id, occasion=occasion, way=way, mailed_at=sent, created_at=now,
                **asdict(happening),
            )
        )  # fmt: skip
        if way is Way.MAIL and not apart:
            jobs.gather.later(
                user_id=user_id,
                **asdict(Matter.of(happening)),
                _delay=timedelta(seconds=settings().gather_s),
            )
