"""Trying a job again that failed."""

from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.jobs.model import Job, State
from app.core.uow import verb


@verb
def retry(job: Job) -> None:
    """Let it run now, as if it were new.  Raises InvalidTransition while it runs."""
    if job.state is State.RUNNING:
        raise InvalidTransition("This job runs at the moment. Wait how that ends.")
    job.state, job.attempts, job.run_at, job.error = State.READY, 0, clock.now(), ""
    db.session().info["jobs"] = True
