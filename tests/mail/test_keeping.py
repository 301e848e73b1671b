"""Without a mail server, mail is kept where it can be read."""

import email
from collections.abc import Callable
from dataclasses import replace
from email.policy import SMTP
from typing import Any

import pytest
from flask import Flask

from app.core.settings import Settings
from app.core.uow import unit_of_work
from app.mail.jobs import send
from app.mail.keeping import keep
from app.mail.outbound import State
from tests.mail.conftest import Post
from tests.support.mails import last_mail
from tests.support.smtp import Sink

Drain = Callable[[], int]


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {}


def test_a_kept_mail_is_a_file_that_mail_programs_open(
    app: Flask, post: Post, drain: Drain
) -> None:
    number = post()
    drain()
    settings: Settings = app.extensions["settings"]
    (file,) = (settings.instance / "mail").iterdir()
    assert file.name == f"{number}.eml"
    mail: Any = email.message_from_bytes(file.read_bytes(), policy=SMTP)
    assert mail["Subject"] == "Grüße"
    assert mail.get_body(["plain"]).get_content().strip() == "Guten Tag"


def test_keeping_twice_is_keeping_once(app: Flask, post: Post, drain: Drain) -> None:
    number = post()
    drain()
    keep(number)
    assert len(list((app.extensions["settings"].instance / "mail").iterdir())) == 1


def test_a_kept_mail_never_leaves_even_when_there_is_a_server_later(
    app: Flask, post: Post, drain: Drain, sink: Sink, port: int
) -> None:
    number = post()
    app.extensions["settings"] = replace(
        app.extensions["settings"], smtp_url=f"smtp://127.0.0.1:{port}"
    )
    with unit_of_work():
        send.later(mail_id=number)
    drain()
    assert not sink.taken
    assert last_mail().state is State.KEPT
