"""What becomes of a reply's mail is written on the ticket."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.accounts.user import User
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.mail.outbound import OutboundMail
from app.mail.posting import send_again
from app.tickets import participating, replying
from app.tickets.history import timeline
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import last_mail
from tests.support.queries import counted
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


@pytest.fixture
def shared(cast: Cast, sink: Sink, drain: Drain) -> int:
    """A ticket with Dov in copy, of which both have mail, and a reply that is about to leave."""
    with unit_of_work():
        ticket = make.ticket(cast.customer)
        participating.add_participant(ticket, cast.other_customer, by=cast.customer)
    drain()
    with unit_of_work():
        replying.reply(make.ticket_numbered(ticket.id), text="Try this.", by=cast.agent)
    return ticket.id


def page_of(number: int, browser: FreshClient) -> str:
    """The page, its blanks made one."""
    return " ".join(browser.get(f"/tickets/{number}").text.split())


def test_before_the_worker_came_by_a_reply_is_queued(
    cast: Cast, sink: Sink, drain: Drain, as_user: Callable[[User], FreshClient]
) -> None:
    number = replied(cast)
    assert "Queued: the worker has not written the mail yet" in page_of(number, as_user(cast.agent))
    drain()
    assert f"Sent to {cast.customer.email}" in page_of(number, as_user(cast.agent))


def test_while_the_server_is_away_a_reply_is_queued(
    cast: Cast, drain: Drain, as_user: Callable[[User], FreshClient]
) -> None:
    number = replied(cast)
    drain()
    assert f"Queued for {cast.customer.email}" in page_of(number, as_user(cast.agent))


def test_each_reader_has_a_line_with_the_servers_words(
    cast: Cast, shared: int, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.other_customer.email] = ["550 5.1.1 No such user"]
    drain()
    page = page_of(shared, as_user(cast.agent))
    assert "Sent to 1 of 2, 1 failed" in page
    assert 'dov@house.example <span class="muted">5.1.1 No such user</span>' in page
    assert "Not delivered" not in page
    assert kinds(shared)[-1] == "delivery.sent"


def test_a_reply_is_sent_again_from_the_ticket_to_those_alone_who_missed_it(
    cast: Cast, shared: int, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.customer.email] = ["550 5.1.1 No such user"]
    drain()
    browser, before = as_user(cast.agent), len(sink.taken)
    page = browser.get(f"/tickets/{shared}").text
    (path,) = re.findall(r'action="([^"]+/resendings)"', page)
    assert browser.post(path).status_code == 303
    drain()
    assert sink.recipients[before:] == [cast.customer.email]
    assert "Sent to 2 people" in page_of(shared, browser)
    assert browser.post(path).status_code == 409


def test_who_cannot_reply_cannot_send_again(
    cast: Cast, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    number = replied(cast)
    drain()
    path = f"/tickets/{number}/messages/2/resendings"
    assert as_user(cast.customer).post(path).status_code == 403
    assert as_user(cast.admin).post(path).status_code == 403


def test_somebody_in_copy_who_missed_it_gets_it_again_too(
    cast: Cast, shared: int, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    sink.on_rcpt[cast.other_customer.email] = ["550 5.1.1 No such user"]
    drain()
    browser, before = as_user(cast.agent), len(sink.taken)
    (path,) = re.findall(r'action="([^"]+/resendings)"', browser.get(f"/tickets/{shared}").text)
    assert browser.post(path).status_code == 303
    drain()
    assert sink.recipients[before:] == [cast.other_customer.email]
    assert "Sent to 2 people" in page_of(shared, browser)


def test_a_page_with_many_replies_asks_once_what_became_of_them(
    cast: Cast, drain: Drain, sink: Sink, as_user: Callable[[User], FreshClient]
) -> None:
    number, browser = replied(cast), as_user(cast.agent)
    drain()
    with counted() as few:
        page_of(number, browser)
    for _ in range(6):
        with unit_of_work():
            replying.reply(make.ticket_numbered(number), text="And this.", by=cast.agent)
    drain()
    with counted() as many:
        assert page_of(number, browser).count(f"Sent to {cast.customer.email}") == 7
    for statements in (few, many):
        assert len([each for each in statements if "FROM outbound_mails" in each]) == 1
