"""The errands of the past: jobs that must be done when they fell due, not when the demo is made.

A mail says when it was written, and nobody rates before being asked.  What only brings the present
up to date (search index, figures, files of kept mail) is left to the worker.
"""

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db
from app.core.jobs.declare import REGISTRY, add_rows
from app.core.jobs.model import Job

ROOMS = ("notifications", "surveys", "tickets")


def run_due() -> None:
    """Do what has fallen due, and what comes of it, in the present transaction."""
    due = select(Job.id, Job.name, Job.arguments).where(
        Job.name.in_(_ours()), Job.run_at <= clock.now()
    )
    add_rows(db.session())
    while jobs := db.session.execute(due.order_by(Job.run_at, Job.id)).all():
        for job in jobs:
            REGISTRY[job.name](**job.arguments)
        add_rows(db.session())
        db.session.execute(delete(Job).where(Job.id.in_([job.id for job in jobs])))


def _ours() -> list[str]:
    """Jobs of these rooms, but for those that take many rows at once: they can wait."""
    return [
        name
        for name, declared in REGISTRY.items()
        if name.partition(".")[0] in ROOMS and not declared.size
    ]
