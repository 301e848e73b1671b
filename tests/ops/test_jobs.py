"""Looking after the worker's jobs."""

from collections.abc import Callable
from typing import Any

import pytest

from app.core.db import db
from app.core.jobs.heartbeat import beat
from app.core.jobs.model import Job, State
from app.core.uow import unit_of_work
from tests.ops.things import dead_job, job
from tests.support.cast import Cast
from tests.support.client import FreshClient


@pytest.fixture
def admin(cast: Cast, as_user: Callable[[Any], FreshClient]) -> FreshClient:
    return as_user(cast.admin)


def test_a_job_that_was_given_up_shows_its_error_but_no_arguments(admin: FreshClient) -> None:
    dead_job()
    page = admin.get("/admin/jobs").text
    assert "OSError: the disk is full" in page
    assert "mail_id" not in page


def test_a_retried_job_is_as_new(admin: FreshClient) -> None:
    number = dead_job()
    assert admin.post(f"/admin/jobs/{number}/retries").status_code == 303
    db.session.rollback()
    retried = db.session.get_one(Job, number)
    assert (retried.state, retried.attempts, retried.error) == (State.READY, 0, "")
    assert "All clear" in admin.get("/admin/jobs").text


def test_a_running_job_is_shown_and_left_alone(admin: FreshClient) -> None:
    number = job(state=State.RUNNING, attempts=1)
    assert "Running" in admin.get("/admin/jobs").text
    assert admin.post(f"/admin/jobs/{number}/retries").status_code == 409


def test_waiting_jobs_are_counted(admin: FreshClient) -> None:
    for _ in range(3):
        job()
    assert '<dd class="num">3</dd>' in admin.get("/admin/jobs").text


def test_the_page_says_when_the_worker_was_heard_of(admin: FreshClient) -> None:
    assert "never heard of" in admin.get("/admin/jobs").text
    with unit_of_work():
        beat()
    assert "heard of <time" in admin.get("/admin/jobs").text
