"""Waiting jobs can be made due."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import literal, select

from app.core.db import db
from app.core.jobs import job
from app.core.jobs.model import Job
from app.core.uow import reading, unit_of_work

done: list[int] = []


@job()
def note(number: int) -> None:
    done.append(number)


@job()
def other(number: int) -> None:
    done.append(-number)


def test_only_the_named_runs_of_that_job_are_made_due(app: Flask, drain: Callable[[], int]) -> None:
    done.clear()
    with unit_of_work():
        for declared in (note, other):
            for number in (1, 2):
                declared.later(number=number, _delay=timedelta(hours=1))
    with unit_of_work():
        note.hasten(number=select(literal(2)))
    drain()
    assert done == [2]
    with reading():
        assert len(db.session.scalars(select(Job)).all()) == 3
