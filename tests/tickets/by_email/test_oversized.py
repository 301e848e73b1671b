"""Whoever sends a mail that is too large hears of it, once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail import reprocessing
from app.mail.inbound import InboundMail, State
from app.mail.outbound import OutboundMail
from tests.mail.things import come, letter
from tests.support.cast import Cast

Drain = Callable[[], int]
TOO_MUCH = "x" * 1_000_001


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"mail_limit_bytes": 1_000_000}


def told() -> list[OutboundMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboundMail)))


def test_the_sender_is_told_once_however_often_it_is_read(cast: Cast, drain: Drain) -> None:
    come(letter(TOO_MUCH))
    drain()
    with unit_of_work():
        begin_writing()
        (mail,) = db.session.scalars(select(InboundMail))
        reprocessing.read_again(mail, by_id=cast.admin.id)
    drain()
    (answer,) = told()
    assert (answer.to_address, answer.automatic) == ("cleo@house.example", True)
    assert "larger than we can read" in answer.text
    assert "1.0 MB" in answer.text
    (mail,) = db.session.scalars(select(InboundMail))
    assert (mail.state, mail.reason) == (State.QUARANTINED, "oversized")


@pytest.mark.parametrize(
    "headers",
    [
        {"auto_submitted": "auto-replied"},
        {"precedence": "bulk"},
        {"return_path": "<>"},
        {"from": "a@x.example, b@x.example"},
        {"from": "Desk <support@hearth.example>"},
    ],
)
def test_machines_and_doubtful_senders_are_not(
    app: Flask, cast: Cast, drain: Drain, headers: dict[str, str]
) -> None:
    come(letter(TOO_MUCH, **headers))
    drain()
    assert told() == []
