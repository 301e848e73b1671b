"""What the worker has to do, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from app.core.db import at_most, db
from app.core.jobs.heartbeat import last_beat
from app.core.jobs.model import Job, State

ROWS = 100


@dataclass(frozen=True, slots=True)
class Workload:
    """How many jobs stand where, and when the worker was last heard of."""

    ready: int
    running: int
    dead: int
    heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job that runs or that failed; `fault` is the last line of its error."""

    id: int
    name: str
    state: State
    attempts: int
    run_at: datetime
    created_at: datetime
    fault: str
    error: str


def workload() -> Workload:
    """The figures."""
    rows = db.session.execute(select(Job.state, func.count()).group_by(Job.state))
    by_state = {row[0]: row[1] for row in rows}
    ready, running, dead = (by_state.get(state, 0) for state in State)
    return Workload(ready=ready, running=running, dead=dead, heard_at=last_beat())


def noteworthy() -> Sequence[JobRow]:
    """Jobs that run, wait for another try or were given up; the oldest first."""
    found = select(Job).where(or_(Job.state != State.READY, Job.error != ""))
    jobs = db.session.scalars(found.order_by(Job.id).limit(at_most(ROWS)))
    return [_row_of(job) for job in jobs]


def _row_of(job: Job) -> JobRow:
    lines = job.error.strip().splitlines()
    return JobRow(
        id=job.id,
        name=job.name,
        state=job.state,
        attempts=job.attempts,
        run_at=job.run_at,
        created_at=job.created_at,
        fault=lines[-1] if lines else "",
        error=job.error,
    )
