"""The lease of running jobs: renewed while they run, so that only a dead worker loses it."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask, current_app
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.db import db
from app.core.jobs.model import Job
from app.core.settings import settings
from app.core.uow import begin_writing, unit_of_work

RENEWALS = 3
"""How often in the time of a lease it is renewed."""

log = logging.getLogger(__name__)


def end(now: datetime) -> datetime:
    """When a lease taken now is over."""
    return now + timedelta(seconds=settings().job_lease_s)


@contextmanager
def renewed(job_ids: Sequence[int]) -> Iterator[None]:
    """Keep the lease of these jobs inside, from a thread of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    done = threading.Event()
    keeper = threading.Thread(target=_renew, args=(app, job_ids, done), daemon=True, name="lease")
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _renew(app: Flask, job_ids: Sequence[int], done: threading.Event) -> None:
    with app.app_context():
        pause_s = settings().job_lease_s / RENEWALS
    while not done.wait(pause_s):
        try:
            with app.app_context(), unit_of_work():
                begin_writing()
                running = update(Job).where(Job.id.in_(job_ids), Job.lease_until.is_not(None))
                db.session.execute(running.values(lease_until=end(clock.now())))
        except SQLAlchemyError:  # busy: there are more renewals than are needed
            log.warning("lease not renewed", exc_info=True)
