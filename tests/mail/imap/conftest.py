"""A Dovecot for all tests of this folder, and mailboxes in it."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.credentials import Credentials
from app.mail.imap.box import Box, box_of
from app.mail.mailbox import Mailbox, Security
from app.mail.mailboxes import add_mailbox
from tests.support.dovecot import PASSWORD, Dovecot, dovecot

_numbers = count(1)

MakeBox = Callable[..., Box]


@pytest.fixture(scope="session")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def user() -> str:
    """Somebody with an empty mailbox."""
    return f"user{next(_numbers)}"


@pytest.fixture
def make_box(app: Flask, server: Dovecot, user: str) -> MakeBox:
    """A mailbox of the desk that is fetched from the server."""

    def make(**given: Any) -> Box:
        said: dict[str, Any] = {
            "address": f"{given.get('username', user)}@desk.example",
            "host": "127.0.0.1",
            "port": server.port,
            "security": Security.NONE,
            "username": user,
            "credentials": Credentials(password=PASSWORD),
        }
        with unit_of_work():
            number = add_mailbox(**said | given).id
        return present(number)

    return make


def present(mailbox_id: int) -> Box:
    """The mailbox as it stands now."""
    with reading():
        return box_of(db.session.get_one(Mailbox, mailbox_id))


def row(box: Box) -> Mailbox:
    """Its row."""
    db.session.rollback()
    return db.session.get_one(Mailbox, box.id)
