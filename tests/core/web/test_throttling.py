"""Limits count across requests and processes, and end."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.errors import TooMany
from app.core.uow import unit_of_work
from app.core.web.throttling import Throttle, forget_hits, forgive, throttle


def test_limit_holds_and_ends(app: Flask) -> None:
    for _ in range(3):
        throttle("knock", "door", limit=3, per_s=60)
    with pytest.raises(TooMany) as refused:
        throttle("knock", "DOOR", limit=3, per_s=60)
    assert refused.value.retry_after_s == 60
    throttle("knock", "window", limit=3, per_s=60)
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        throttle("knock", "door", limit=3, per_s=60)


def test_of_many_at_the_same_moment_no_more_pass_than_may(app: Flask) -> None:
    db.session.remove()

    def knock(_: int) -> bool:
        with app.app_context():
            try:
                throttle("knock", "door", limit=5, per_s=60)
            except TooMany:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(knock, range(24))) == 5


def test_attempts_that_were_refused_do_not_make_the_wait_longer(app: Flask) -> None:
    throttle("knock", "door", limit=1, per_s=60)
    with time_machine.travel(clock.now() + timedelta(seconds=40)):
        with pytest.raises(TooMany, match="Wait 1 minute,") as refused:
            throttle("knock", "door", limit=1, per_s=60)
        assert 19 <= refused.value.retry_after_s <= 20
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        throttle("knock", "door", limit=1, per_s=60)


def test_what_is_forgiven_may_be_tried_again(app: Flask) -> None:
    throttle("knock", "door", limit=1, per_s=60)
    forgive("knock", "door")
    assert throttle("knock", "door", limit=1, per_s=60) == 0


def test_old_counts_are_forgotten(app: Flask) -> None:
    throttle("knock", "door", limit=1, per_s=60)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        throttle("knock", "window", limit=1, per_s=60)
        with unit_of_work():
            forget_hits()
    assert db.session.scalar(select(func.count()).select_from(Throttle)) == 1
