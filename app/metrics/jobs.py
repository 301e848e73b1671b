"""Metrics: the night shift."""

from datetime import date, timedelta
from typing import Any

from app.core.jobs import batch_job, job
from app.core.settings import settings
from app.metrics import ahead
from app.metrics.caches import going_back, proving, refreshing
from app.metrics.period import midnight

_A_DAY = timedelta(days=1)  # zones of calendars differ from that of reports by less


@batch_job(size=500)
def refresh_ticket(batch: list[dict[str, Any]]) -> None:
    """Level the cache with what happened to some tickets."""
    if refreshing.refresh(arguments["ticket_id"] for arguments in batch):
        refresh_all.later()


@job()
def refresh_all(after: int = 0) -> None:
    """Level the cache with the ledger, some hundred tickets at a time, so that writers need not wait."""
    last = refreshing.refresh_stale(after=after)
    if last is not None:
        refresh_all.later(after=last)


@job()
def look_after() -> None:
    """Begin to make what is kept anew where it was made in another way, as by the release before."""
    if refreshing.is_made_otherwise():
        refresh_all.later(_key="metrics anew")


@job()
def make_ahead() -> None:
    """Have the picture of the page as it opens ready, for processes that remember none."""
    ahead.make_ahead()


@job()
def measure_again(since_on: str, after: int = 0) -> None:
    """Measure by a new version of a calendar what happened since, some hundred tickets at a time."""
    since = midnight(date.fromisoformat(since_on), zone=settings().zone) - _A_DAY
    last = refreshing.measure_again(since=since, after=after)
    if last is not None:
        measure_again.later(since_on=since_on, after=last)


@job()
def prepare_then(then_id: int) -> None:
    """Work out the figures of a day that is over, as they stood at its end."""
    going_back.prepare(then_id)


@job(attempts=3)
def prove_nightly() -> None:
    """Hold what is kept against the ledger once a night; mend it and say it aloud where it differs.

    What was made in another way is not compared, but made anew.
    """
    if proving.prove_and_mend() is None:
        refresh_all.later()
