"""The jobs of the worker."""

from flask import Response

from app.core.jobs import retrying
from app.core.web.responses import moved_to, page, say
from app.ops.access import job_or_404
from app.ops.queries import jobs


def list_jobs() -> Response:
    """What waits, what runs, what failed."""
    return page("ops/jobs.html", workload=jobs.workload(), rows=jobs.noteworthy())


def retry_job(id: int) -> Response:
    """Let a job run now."""
    retrying.retry(job_or_404(id))
    say("It runs as soon as the worker has a hand free.")
    return moved_to("ops.list_jobs")
