"""Metrics: how the desk stands this minute, for a screen on the wall."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.metrics.caches.desk import desk_now
from app.metrics.caches.fetching import lengths_by_day
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.page import REST, columns_in
from app.metrics.caches.refreshing import is_made_so
from app.metrics.caches.series import CREATED, series_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import WAITING
from app.metrics.period import midnight

_SOLVED = "ttr_first"
_TURNS = [series_of("frt", WAITING), series_of("nrt", WAITING)]


@dataclass(frozen=True, slots=True)
class Wallboard:
    """Counts of tickets; `waiting_since` is None when nobody waits for an answer of ours."""

    as_of: datetime
    backlog: int
    waiting: int
    waiting_since: datetime | None
    created: int
    solved: int


def wallboard() -> Wallboard | None:
    """The desk now and today, in the reporting zone; a constant number of statements.

    None while what is kept has to be made anew.
    """
    if not is_made_so():
        return None
    stand = Stand(clock.now(), settings().zone)
    today = clock.today(settings().zone)
    days = DaySpan(today, today + timedelta(days=1))
    lengths = lengths_by_day(days, [CREATED, _SOLVED], shelf=stand.shelf)
    counts = {key.series: n for key, n in lengths.items()}
    waits = _waits()
    return Wallboard(
        as_of=stand.as_of,
        backlog=len(desk_now(stand)["backlog"].ordered),
        waiting=len(waits),
        waiting_since=min(waits, default=None),
        created=counts.get(CREATED, 0),
        solved=counts.get(_SOLVED, 0),
    )


def _waits() -> list[datetime]:
    """Since when each turn waits that has no answer."""
    rows = select(MetricPage.day_on, MetricPage.rest).where(MetricPage.series.in_(_TURNS))
    found = []
    for day_on, rest in db.session.execute(rows):
        first_at = midnight(day_on, zone=settings().zone)
        (seconds,) = columns_in(rest, [REST.index("second")])
        found += [first_at + timedelta(seconds=second) for second in seconds]
    return found
