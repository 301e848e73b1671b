"""What the mail tests share: a server, an outbox that leads to it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.core.uow import unit_of_work
from app.mail.composing import Composed
from app.mail.outbound import Kind, OutboundMail
from app.mail.posting import queue
from tests.support.smtp import Sink, free_port, smtp_server

HELLO = Composed(subject="Grüße", text="Guten Tag\n", html="<p>Guten Tag</p>")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

Post = Callable[..., int]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings_for_test(port: int) -> dict[str, Any]:
    return {"smtp_url": f"smtp://127.0.0.1:{port}", "desk_name": "Tarn, Help"}


@pytest.fixture
def sink(port: int) -> Iterator[Sink]:
    with smtp_server(port) as running:
        yield running


@pytest.fixture
def post(app: Flask) -> Post:
    """Put a mail in the outbox; gives its id."""

    def put(to: str = "cleo@house.example", **values: Any) -> int:
        values = {"kind": Kind.TICKET, "automatic": False, **values}
        with unit_of_work():
            mail: OutboundMail = queue(HELLO, to=to, **values)
            return mail.id

    return put
