"""Remembered values: read once, and again after a change."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.core.web.page_cache import bump
from app.core.web.remembering import MOST, Memory, remembered
from tests.support.cast import Cast
from tests.support.client import FreshClient

STAMP = "probe"


@pytest.fixture
def reader(app: Flask, cast: Cast, as_user: Callable[[User], FreshClient]) -> FreshClient:
    """Somebody signed in, for whom /probe says how often the value was read."""
    reads: list[int] = []

    def read() -> int:
        reads.append(1)
        return len(reads)

    app.add_url_rule("/probe/<key>", "probe", lambda key: f"read {remembered(STAMP, key, read)}")
    return as_user(cast.customer)


def test_a_value_is_read_once(reader: FreshClient) -> None:
    assert [reader.get("/probe/a").text for _ in range(3)] == ["read 1"] * 3
    assert reader.get("/probe/b").text == "read 2"


def test_a_change_has_it_read_again(reader: FreshClient) -> None:
    reader.get("/probe/a")
    with unit_of_work():
        bump(STAMP)
    assert reader.get("/probe/a").text == "read 2"
    assert reader.get("/probe/a").text == "read 2"


def test_a_value_read_before_a_change_is_not_taken_for_a_later_one(
    app: Flask, cast: Cast, as_user: Callable[[User], FreshClient]
) -> None:
    """The change comes after the request has begun to read, so it reads the old state."""

    def probe() -> str:
        before = db.session.scalar(text("SELECT count(*) FROM cache_stamps"))
        with db.engines[None].begin() as other:
            other.execute(
                text(
                    "INSERT INTO cache_stamps (name, number) VALUES ('probe', 1)"
                    " ON CONFLICT (name) DO NOTHING"
                )
            )
        app.extensions["page_cache"].stamps.forget()
        return f"saw {remembered(STAMP, 'x', lambda: before)}"

    app.add_url_rule("/probe", "probe", probe)
    reader = as_user(cast.customer)
    assert reader.get("/probe").text == "saw 0"
    assert reader.get("/probe").text == "saw 1"


def test_outside_a_request_nothing_is_remembered(app: Flask) -> None:
    values = iter((1, 2))
    assert remembered(STAMP, "a", lambda: next(values)) == 1
    assert remembered(STAMP, "a", lambda: next(values)) == 2


def test_the_least_used_is_forgotten_first() -> None:
    memory = Memory()
    for key in range(MOST):
        memory.recall(key, 0, lambda: "old")
    memory.recall(0, 0, lambda: "new")
    memory.recall(MOST, 0, lambda: "old")
    assert memory.recall(0, 0, lambda: "new") == "old"
    assert memory.recall(1, 0, lambda: "new") == "new"
