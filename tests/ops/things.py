"""Things to look at in admin."""

from typing import Any

from app.core import clock
from app.core.db import db
from app.core.jobs.model import Job, State
from app.core.uow import begin_writing, unit_of_work
from app.mail.composing import Composed
from app.mail.outbound import Kind
from app.mail.posting import queue

ERROR = "Traceback (most recent call last):\n  File …\nOSError: the disk is full"


def mail(kind: Kind = Kind.ACCOUNT, **given: Any) -> int:
    """The id of a mail in the outbox."""
    said = {"subject": "A word to Cleo", "text": "The secret is blue.\n", "html": ""} | given
    with unit_of_work():
        return queue(Composed(**said), to="cleo@house.example", kind=kind, automatic=False).id


def job(**given: Any) -> int:
    """The id of a job."""
    with unit_of_work():
        begin_writing()
        values = {"name": "mail.jobs.send", "arguments": {"mail_id": 7}, "run_at": clock.now()}
        made = Job(**values | given)
        db.session.add(made)
        db.session.flush()
        return made.id


def dead_job() -> int:
    """The id of a job that was given up."""
    return job(state=State.DEAD, attempts=8, error=ERROR)
