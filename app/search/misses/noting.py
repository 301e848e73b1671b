"""Counting searches that found nothing, and forgetting them in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from app.core import clock
from app.core.db import at_most, db, insert_into
from app.core.uow import verb
from app.search.misses.miss import Audience, SearchMiss
from app.search.misses.wording import keepable

KEPT_D = 90
"""Days after which a count is forgotten."""
FEWEST = 2
"""Words that were searched for once alone are nobody's business."""
MOST = 200
MOST_A_DAY = 5_000
"""Different words in a day; what comes after them is noise, and is not counted."""


@dataclass(frozen=True)
class Missed:
    """Words that found nothing, how often, and for whom."""

    words: str
    times: int
    last_on: date
    audiences: frozenset[Audience]


@verb
def note_miss(text: str, *, audience: Audience) -> None:
    """Count a search that found nothing, unless its words could tell who searched."""
    words, today = keepable(text), clock.now().date()
    if words is None or _is_full(words, today):
        return
    row = insert_into(SearchMiss).values(words=words, on=today, audience=audience, times=1)
    again = {"times": SearchMiss.times + 1}
    db.session.execute(
        row.on_conflict_do_update(index_elements=["words", "on", "audience"], set_=again)
    )


@verb
def forget_miss(words: str) -> None:
    """Forget some words: somebody has looked at them."""
    db.session.execute(delete(SearchMiss).where(SearchMiss.words == words))


@verb
def forget_old_misses() -> None:
    """Forget what was counted long ago."""
    oldest = clock.now().date() - timedelta(days=KEPT_D)
    db.session.execute(delete(SearchMiss).where(SearchMiss.on < oldest))


def most_missed() -> Sequence[Missed]:
    """What was missed at least twice, the most wanted first."""
    times = func.sum(SearchMiss.times)
    wanted = (
        select(SearchMiss.words)
        .group_by(SearchMiss.words)
        .having(times >= FEWEST)
        .order_by(times.desc(), SearchMiss.words)
        .limit(at_most(MOST))
    )
    rows = select(SearchMiss.words, SearchMiss.times, SearchMiss.on, SearchMiss.audience).where(
        SearchMiss.words.in_(wanted)
    )
    found: dict[str, list[tuple[int, date, Audience]]] = {}
    for words, count, day, audience in db.session.execute(rows):
        found.setdefault(words, []).append((count, day, audience))
    made = [
        Missed(
            words,
            sum(each[0] for each in counts),
            max(each[1] for each in counts),
            frozenset(each[2] for each in counts),
        )
        for words, counts in found.items()
    ]
    return sorted(made, key=lambda each: (-each.times, each.words))


def _is_full(words: str, today: date) -> bool:
    known = select(SearchMiss.words).where(SearchMiss.on == today)
    if db.session.scalar(known.where(SearchMiss.words == words).limit(1)) is not None:
        return False
    count = select(func.count()).select_from(SearchMiss).where(SearchMiss.on == today)
    return (db.session.scalar(count) or 0) >= MOST_A_DAY
