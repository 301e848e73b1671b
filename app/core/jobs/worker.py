"""The worker: claim, run, retry with back-off, bury.

A job is claimed in a transaction of its own, under a lease that is renewed while it runs.  It runs
in a unit of work that also deletes its row: what it changes in the database and the fact that it is
done are committed together, so a worker killed at any point loses nothing, and does nothing twice
but what left the house before the commit.
"""

import logging
import random
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Row, and_, delete, null, or_, select, update

from app.core import clock
from app.core.db import db
from app.core.jobs import lease
from app.core.jobs.declare import REGISTRY, Declared
from app.core.jobs.model import Job, State
from app.core.uow import begin_writing, unit_of_work

log = logging.getLogger(__name__)

BACK_OFF_S = (30, 60, 300, 900, 1800, 3600, 7200)


class LeaseLost(Exception):
    """Another worker has taken the job: this one was stopped for longer than its lease."""


def drain(app: Flask) -> int:
    """Run every job that is due until none is left.  Gives how many runs that took."""
    runs = 0
    while run_next(app):
        runs += 1
    return runs


def run_next(app: Flask) -> bool:
    """Claim what is due, run it in an application context of its own.  False when nothing is due."""
    with app.app_context():
        rows = _claim()
    if not rows:
        return False
    with app.app_context():
        _run(rows)
    return True


def seconds_to_next_try(attempts: int) -> float:
    """How long to wait after that many failed attempts: 30 s to 2 h, with a jitter of a fifth."""
    base = BACK_OFF_S[min(attempts, len(BACK_OFF_S)) - 1]
    return base * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, guards nothing


def _claim() -> Sequence[Row[Any]]:
    """Take the next due job, or the next batch of one kind, under a lease."""
    with unit_of_work():
        begin_writing()
        now = clock.now()
        first = db.session.execute(_take(_due(now).limit(1), now)).all()
        declared = REGISTRY.get(first[0].name) if first else None
        if not declared or not declared.size:
            return first
        more = _due(now).where(Job.name == declared.name).limit(declared.size - 1)
        return [*first, *db.session.execute(_take(more, now)).all()]


def _due(now: datetime) -> Any:
    waiting = and_(Job.state == State.READY, Job.run_at <= now)
    left_behind = and_(Job.state == State.RUNNING, Job.lease_until < now)
    due = select(Job.id).where(or_(waiting, left_behind)).order_by(Job.run_at, Job.id)
    return due.with_for_update(skip_locked=True)


def _take(due: Any, now: datetime) -> Any:
    taken = update(Job).where(Job.id.in_(due.scalar_subquery()))
    taken = taken.values(state=State.RUNNING, lease_until=lease.end(now), attempts=Job.attempts + 1)
    return taken.returning(Job.id, Job.name, Job.arguments, Job.attempts).execution_options(
        synchronize_session=False
    )


def _run(rows: Sequence[Row[Any]]) -> None:
    """Run claimed rows of one kind; a failure goes into the rows, never up."""
    name, attempts = rows[0].name, max(row.attempts for row in rows)
    declared = REGISTRY.get(name)
    try:
        if declared is None:
            raise LookupError(f"there is no job {name}")
        if attempts > declared.attempts:
            raise TimeoutError("the worker died in each run of this job")
        with lease.renewed([row.id for row in rows]), unit_of_work():
            _perform(declared, rows)
            _finish(rows)
        log.info("job done", extra={"job": name, "rows": len(rows)})
    except Exception:  # the worker must outlive any job
        log.exception("job failed", extra={"job": name, "attempts": attempts})
        limit = declared.attempts if declared else 0
        for row in rows:
            _put_back(row, traceback.format_exc(), dead=row.attempts >= limit)


def _perform(declared: Declared, rows: Sequence[Row[Any]]) -> None:
    if declared.size:
        declared.function([row.arguments for row in rows])
    else:
        declared.function(**rows[0].arguments)


def _finish(rows: Sequence[Row[Any]]) -> None:
    begin_writing()
    for row in rows:
        mine = and_(Job.id == row.id, Job.attempts == row.attempts)
        if not db.session.scalar(delete(Job).where(mine).returning(Job.id)):
            raise LeaseLost(row.name)


def _put_back(row: Row[Any], error: str, *, dead: bool) -> None:
    with unit_of_work():
        begin_writing()
        later = clock.now() + timedelta(seconds=seconds_to_next_try(row.attempts))
        state = State.DEAD if dead else State.READY
        key = null() if dead else Job.key  # the next job of its kind must not wait for a dead one
        mine = and_(Job.id == row.id, Job.attempts == row.attempts)
        told = update(Job).where(mine).values(state=state, run_at=later, lease_until=None, key=key)
        db.session.execute(told.values(error=error))
