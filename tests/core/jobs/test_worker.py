"""Jobs: none lost, none done twice, none that stops the others."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.jobs import batch_job, job, worker
from app.core.jobs.declare import REGISTRY
from app.core.jobs.heartbeat import Heartbeat
from app.core.jobs.model import Job, State
from app.core.uow import begin_writing, unit_of_work

done: list[Any] = []


@pytest.fixture(autouse=True)
def own_jobs() -> Iterator[None]:
    known = dict(REGISTRY)
    done.clear()
    yield
    REGISTRY.clear()
    REGISTRY.update(known)


def rows() -> list[Job]:
    db.session.rollback()
    return list(db.session.scalars(select(Job).order_by(Job.id)))


def test_job_runs_once_and_leaves_no_row(app: Flask, drain: Callable[[], int]) -> None:
    @job()
    def note(number: int) -> None:
        done.append(number)

    with unit_of_work():
        note.later(number=3)
    assert drain() == 1
    assert drain() == 0
    assert (done, rows()) == ([3], [])


def test_job_of_a_fact_that_was_rolled_back_does_not_exist(app: Flask) -> None:
    @job()
    def note() -> None:
        done.append(1)

    with pytest.raises(ZeroDivisionError), unit_of_work():
        note.later()
        raise ZeroDivisionError
    assert rows() == []


def test_job_waits_for_its_time(app: Flask, drain: Callable[[], int]) -> None:
    @job()
    def note() -> None:
        done.append(1)

    with unit_of_work():
        note.later(_delay=timedelta(hours=1))
    assert drain() == 0
    with time_machine.travel(clock.now() + timedelta(hours=1, seconds=1)):
        assert drain() == 1


def test_key_keeps_a_second_one_out(app: Flask) -> None:
    @job()
    def note() -> None: ...

    with unit_of_work():
        note.later(_key="once")
        db.session.flush()
        note.later(_key="once")
    with unit_of_work():
        note.later(_key="once")
    assert len(rows()) == 1


def test_failure_undoes_what_the_job_did_and_is_tried_again_later(app: Flask) -> None:
    @job(attempts=2)
    def half() -> None:
        begin_writing()
        db.session.add(Heartbeat(name="half", at=clock.now()))
        db.session.flush()
        raise OSError("weather")

    with unit_of_work():
        half.later()
    worker.drain(app)
    (row,) = rows()
    assert (row.state, row.attempts) == (State.READY, 1)
    assert "weather" in row.error
    assert timedelta(seconds=20) < row.run_at - clock.now() < timedelta(seconds=40)
    with time_machine.travel(row.run_at + timedelta(seconds=1)):
        worker.drain(app)
    (row,) = rows()
    assert row.state is State.DEAD
    assert db.session.get(Heartbeat, "half") is None


def test_dead_job_does_not_stand_in_the_way_of_the_next_of_its_key(app: Flask) -> None:
    @job(attempts=1)
    def poison() -> None:
        raise ValueError

    for _ in range(2):
        with unit_of_work():
            poison.later(_key="every hour")
        worker.drain(app)
    assert [row.state for row in rows()] == [State.DEAD, State.DEAD]


def test_poison_does_not_stop_the_others(app: Flask) -> None:
    @job()
    def poison() -> None:
        raise ValueError

    @job()
    def note() -> None:
        done.append(1)

    with unit_of_work():
        poison.later()
        note.later()
    worker.drain(app)
    assert done == [1]


def test_job_that_nobody_knows_any_more_is_buried(app: Flask) -> None:
    with unit_of_work():
        begin_writing()
        db.session.add(Job(name="attic.dust", arguments={}, run_at=clock.now()))
    worker.drain(app)
    assert rows()[0].state is State.DEAD


def test_job_of_a_worker_that_died_is_run_again_after_its_lease(app: Flask) -> None:
    @job()
    def note() -> None:
        done.append(1)

    with unit_of_work():
        note.later()
    with app.app_context():
        assert len(worker._claim()) == 1
    worker.drain(app)
    assert done == []
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        worker.drain(app)
    assert done == [1]
    assert rows() == []


def test_worker_that_was_too_slow_does_nothing(app: Flask) -> None:
    @job()
    def note() -> None:
        begin_writing()
        db.session.merge(Heartbeat(name="slow", at=clock.now()))

    with unit_of_work():
        note.later()
    with app.app_context():
        slow = worker._claim()
    with time_machine.travel(clock.now() + timedelta(seconds=61)), app.app_context():
        assert len(worker._claim()) == 1
    with app.app_context():
        worker._run(slow)
    assert db.session.get(Heartbeat, "slow") is None
    assert rows()[0].attempts == 2


def test_batch_takes_many_rows_of_its_kind_at_once(app: Flask, drain: Callable[[], int]) -> None:
    @batch_job(size=3)
    def together(batch: list[dict[str, Any]]) -> None:
        done.append([each["n"] for each in batch])

    @job()
    def alone() -> None:
        done.append("alone")

    with unit_of_work():
        for n in range(4):
            together.later(n=n)
        alone.later()
    assert drain() == 3
    assert sorted(done, key=str) == [[0, 1, 2], [3], "alone"]


def test_back_off_grows_to_two_hours() -> None:
    waits = [worker.seconds_to_next_try(attempts) for attempts in range(1, 12)]
    assert 24 <= waits[0] <= 36
    assert all(5760 <= wait <= 8640 for wait in waits[6:])
