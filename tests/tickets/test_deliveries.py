"""What becomes of a reply's mail is written on the ticket."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.accounts.user import User
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.outbound import OutboundMail
from app.mail.posting import send_again
from app.tickets import replying
from app.tickets.history import timeline
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail
from tests.support.smtp import Sink, free_port, smtp_server

Drain = Callable[[], int]
PORT = free_port()


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"smtp_url": f"smtp://127.0.0.1:{PORT}"}


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_server(PORT) as running:
        yield running


def replied(cast: Cast) -> int:
    """A ticket with a reply of staff."""
    with unit_of_work():
        ticket = make.ticket(cast.customer)
        replying.reply(ticket, text="Try this.", by=cast.agent)
        return ticket.id


def kinds(number: int) -> list[str]:
    with reading():
        return [row.kind for row in timeline(number)]


def test_a_reply_that_left_is_noted(cast: Cast, drain: Drain, sink: Sink) -> None:
    number = replied(cast)
    drain()
    assert kinds(number)[-1] == "delivery.sent"
    assert len(sink.taken) == 2


def test_a_refused_reply_counts_for_nothing_and_shows(
    cast: Cast, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.customer.email] = ["250 OK", "550 5.1.1 No such user"]
    number = replied(cast)
    drain()
    assert kinds(number)[-2:] == ["delivery.bounced", "reply.voided"]
    page = as_user(cast.agent).get(f"/tickets/{number}")
    assert "Not delivered" in page.text
    assert "5.1.1 No such user" in page.text


def test_the_requester_is_not_told(
    cast: Cast, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.customer.email] = ["250 OK", "550 5.1.1 No such user"]
    number = replied(cast)
    drain()
    page = as_user(cast.customer).get(f"/tickets/{number}")
    assert page.status_code == 200
    assert "Not delivered" not in page.text


def test_a_reply_sent_again_with_success_is_delivered_after_all(
    cast: Cast, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.customer.email] = ["250 OK", "550 5.1.1 No such user"]
    number = replied(cast)
    drain()
    with unit_of_work():
        send_again(db.session.get_one(OutboundMail, last_mail(to=cast.customer.email).id))
    drain()
    assert kinds(number)[-1] == "delivery.sent"
    assert "Not delivered" not in as_user(cast.agent).get(f"/tickets/{number}").text
