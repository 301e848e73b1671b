"""On a large desk the worker makes the picture of the page ahead."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.metrics import ahead
from app.metrics.ahead import LASTS, made_ahead
from app.metrics.choosing import asked_at_first
from app.metrics.picture.metric_picture import MetricPicture
from app.metrics.picture.picture import make_picture
from tests.metrics.desks import example_a, level_the_cache
from tests.metrics.stories import at
from tests.support.cast import Cast

NOW = at("2026-03-16T12:00:00Z")


@pytest.fixture
def desk(cast: Cast) -> None:
    example_a(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any desk counts as one whose picture is dear."""
    monkeypatch.setattr(ahead, "DEAR_S", -1.0)


def made_by_the_worker() -> None:
    with unit_of_work():
        ahead.make_ahead()


@pytest.mark.usefixtures("app", "desk", "large")
def test_what_is_kept_is_the_picture_to_the_last_value() -> None:
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
        with reading():
            asked = asked_at_first()
            kept = made_ahead(asked)
            assert kept
            assert kept.picture == make_picture(asked)
            assert kept.picture.curve is None
            assert kept.picture.sides
            assert kept.made_at == NOW


@pytest.mark.usefixtures("desk", "large")
def test_it_lasts_two_minutes(app: Flask) -> None:
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
    for later, is_there in ((LASTS - timedelta(seconds=1), True), (LASTS, False)):
        with time_machine.travel(NOW + later, tick=False), reading():
            assert (made_ahead(asked_at_first()) is not None) == is_there


@pytest.mark.usefixtures("app", "desk", "large")
def test_the_next_takes_its_place() -> None:
    for minute in range(3):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            made_by_the_worker()
    with reading():
        (kept,) = db.session.query(MetricPicture)
    assert kept.made_at == NOW + timedelta(minutes=2)


@pytest.mark.usefixtures("app", "desk")
def test_a_cheap_one_is_made_once_an_hour_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "DEAR_S", 100.0)
    made = []
    for minutes in (0, 1, 59, 60):
        with time_machine.travel(NOW + timedelta(minutes=minutes), tick=False):
            made_by_the_worker()
            with reading():
                assert made_ahead(asked_at_first()) is None
                made.append(db.session.query(MetricPicture).one().made_at)
    assert made == [NOW, NOW, NOW, NOW + timedelta(hours=1)]
