"""A job keeps its lease as long as its worker lives."""

import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.jobs import lease
from app.core.jobs.model import Job, State
from app.core.uow import begin_writing, reading, unit_of_work


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"job_lease_s": 1}


def running_job() -> int:
    with unit_of_work():
        begin_writing()
        until = lease.end(clock.now())
        job = Job(
            name="x", arguments={}, state=State.RUNNING, run_at=clock.now(), lease_until=until
        )
        db.session.add(job)
        db.session.flush()  # its id is what the test needs
        return job.id


def lease_left_s(job_id: int) -> float:
    with reading():
        until = db.session.scalar(select(Job.lease_until).where(Job.id == job_id))
    assert until is not None
    return (until - clock.now()).total_seconds()


def test_the_lease_is_renewed_while_the_job_runs(app: Flask) -> None:
    job_id = running_job()
    with lease.renewed([job_id]):
        time.sleep(1.5)
        assert lease_left_s(job_id) > 0


def test_the_lease_runs_out_when_nobody_renews_it(app: Flask) -> None:
    job_id = running_job()
    with lease.renewed([job_id]):
        pass
    time.sleep(1.2)
    assert lease_left_s(job_id) < 0
