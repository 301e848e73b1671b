"""Filling a database with the demo company."""

from contextlib import closing
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotAllowed
from app.core.uow import unit_of_work
from app.ops import seeding
from app.tickets.ticket import Ticket
from tests.support.cast import person


def test_filling_a_week_later_gives_the_same_a_week_later(app: Flask) -> None:
    now, week = clock.now(), timedelta(days=7)
    first, later = begun(at=now), begun(at=now + week)
    assert len(first) > 10
    assert later == {subject: opened + week for subject, opened in first.items()}


def begun(*, at: datetime) -> dict[str, datetime]:
    """The tickets of the first weeks of a demo made then; nothing of it stays."""
    opened = select(Ticket.subject, Ticket.created_at)
    with clock.travelling(at), closing(seeding.fill()) as filling:
        for _ in islice(filling, 7):
            pass
        return dict(db.session.execute(opened).all())


def test_whoever_stops_in_the_middle_has_nothing(app: Flask) -> None:
    with closing(seeding.fill()) as filling:
        next(filling)
        assert db.session.scalars(select(User)).all()
    assert not seeding.somebody_is_there()


def test_it_fills_only_an_empty_database(app: Flask) -> None:
    with unit_of_work():
        person("Cleo Customer")
    with pytest.raises(Conflict):
        next(seeding.fill())


class TestWithAMailServer:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {"smtp_url": "smtp://127.0.0.1:1025"}

    def test_it_refuses_as_nobody_in_it_exists(self, app: Flask) -> None:
        with pytest.raises(Conflict):
            next(seeding.fill())


class TestInProduction:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {
            "env": "production",
            "secret_key": "x" * 40,
            "public_url": "https://help.house.example",
        }

    def test_it_refuses(self, app: Flask) -> None:
        with pytest.raises(NotAllowed):
            next(seeding.fill())
        assert not seeding.somebody_is_there()
