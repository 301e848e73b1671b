"""The worker makes the picture of the page as it opens ahead."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.accounts.user import User
from app.core.db import db
from app.core.uow import begin_writing, reading, unit_of_work
from app.metrics import ahead
from app.metrics.ahead import LASTS, made_ahead
from app.metrics.caches import refreshing
from app.metrics.choosing import asked_at_first
from app.metrics.picture.metric_picture import MetricPicture
from app.metrics.picture.picture import make_picture
from tests.metrics.desks import example_a, level_the_cache, solved
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

NOW = at("2026-03-16T12:00:00Z")


@pytest.fixture
def desk(cast: Cast) -> None:
    for day in range(2, 14):
        solved(cast, f"2026-03-{day:02}T08:00:00Z", f"2026-03-{day:02}T{9 + day % 4:02}:30:00Z")
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


@pytest.mark.usefixtures("desk", "large")
def test_what_is_kept_is_the_picture_to_the_last_value() -> None:
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
        with reading():
            asked = asked_at_first()
            kept = made_ahead(asked)
            assert kept
            assert kept.picture == make_picture(asked)
            assert kept.made_at == NOW


@pytest.mark.usefixtures("desk", "large")
def test_it_lasts_two_minutes() -> None:
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
    for later, is_there in ((LASTS - timedelta(seconds=1), True), (LASTS, False)):
        with time_machine.travel(NOW + later, tick=False), reading():
            assert (made_ahead(asked_at_first()) is not None) == is_there


@pytest.mark.usefixtures("desk", "large")
def test_the_next_takes_its_place() -> None:
    for minute in range(3):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=False):
            made_by_the_worker()
    with reading():
        (kept,) = db.session.query(MetricPicture)
    assert kept.made_at == NOW + timedelta(minutes=2)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("dear_s", [-1.0, 100.0])
def test_after_a_change_only_a_dear_one_is_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, dear_s: float
) -> None:
    monkeypatch.setattr(ahead, "DEAR_S", dear_s)
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
        with reading():
            assert made_ahead(asked_at_first())
        make.ticket(cast.customer)
        level_the_cache()
        with reading():
            kept = made_ahead(asked_at_first())
    assert (kept is not None) == (dear_s < 0)


@pytest.mark.usefixtures("desk", "large")
def test_what_another_release_made_is_left_alone() -> None:
    with time_machine.travel(NOW, tick=False):
        made_by_the_worker()
        with unit_of_work():
            begin_writing()
            db.session.query(MetricPicture).one().body = b'{"asked": {}}'
        with reading():
            assert made_ahead(asked_at_first()) is None


@pytest.mark.usefixtures("desk", "large")
@pytest.mark.parametrize(
    "address", ["/metrics/figures.csv?last=84", "/metrics/figures.json?last=84"]
)
def test_files_wait_like_the_page_while_figures_are_made_anew(
    cast: Cast, as_user: Callable[[User], FreshClient], address: str
) -> None:
    with time_machine.travel(NOW, tick=False):
        agent = as_user(cast.agent)
        made_by_the_worker()
        assert agent.get(address).status_code == 200
        with unit_of_work():
            refreshing.forget()
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        assert agent.get(address).status_code == 503


@pytest.mark.usefixtures("desk", "large")
def test_a_process_that_remembers_nothing_shows_it(
    app: Flask, cast: Cast, as_user: Callable[[User], FreshClient]
) -> None:
    with time_machine.travel(NOW, tick=False):
        agent = as_user(cast.agent)
        agent.get("/metrics?last=28")  # so that it has met the page
        with counted() as made:
            whole = agent.get("/metrics?last=84").text
        made_by_the_worker()
        app.extensions.pop("metrics pictures")
        with counted() as taken:
            assert agent.get("/metrics?last=84").text == whole
    assert len(taken) < len(made) / 2
