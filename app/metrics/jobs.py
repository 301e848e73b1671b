"""Metrics: the night shift."""

from typing import Any

from app.core.jobs import batch_job, job
from app.metrics import refreshing


@batch_job(size=500)
def refresh_ticket(batch: list[dict[str, Any]]) -> None:
    """Level the cache with what happened to some tickets."""
    refreshing.refresh(arguments["ticket_id"] for arguments in batch)


@job()
def refresh_all(after: int = 0) -> None:
    """Level the cache with the ledger, some hundred tickets at a time, so that writers need not wait."""
    last = refreshing.refresh_stale(after=after)
    if last is not None:
        refresh_all.later(after=last)
