"""Staff see when something is wrong with mail, and what to do about it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts.user import User
from app.core import clock
from app.core.clock import travelling
from app.core.db import db
from app.core.jobs.heartbeat import beat
from app.core.uow import begin_writing, unit_of_work
from app.mail.answer import Answer, Fate
from app.mail.composing import Composed
from app.mail.inbound import InboundMail, State, Way
from app.mail.mailbox import Mailbox
from app.mail.noting import note_sent, note_trouble
from app.mail.outbound import Kind, OutboundMail
from app.mail.posting import queue
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
PAGE = "/admin/mail/health"
AWAY = Answer(Fate.NO_SERVER, "Connection refused")


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"smtp_url": "smtp://127.0.0.1:1"}


@pytest.fixture(autouse=True)
def worker_lives(app: Flask) -> None:
    with unit_of_work():
        beat()


def add(*rows: Any) -> None:
    with unit_of_work():
        begin_writing()
        db.session.add_all(rows)


def waiting_mail() -> OutboundMail:
    with unit_of_work():
        said = Composed(subject="Hello", text="Hello", html="<p>Hello")
        return queue(said, to="cleo@house.example", kind=Kind.TICKET, automatic=False)


def text_of(browser: FreshClient, path: str = PAGE) -> str:
    return " ".join(browser.get(path).text.split())


def test_all_is_well(cast: Cast, as_user: Browser) -> None:
    page = text_of(as_user(cast.agent))
    assert "All is well" in page
    assert "banner" not in text_of(as_user(cast.agent), "/inbox")


@pytest.mark.parametrize("path", ["/inbox", "/", "/community", "/account"])
def test_a_silent_worker_is_told_on_every_page_of_staff(
    cast: Cast, as_user: Browser, path: str
) -> None:
    with travelling(clock.now() + timedelta(minutes=5)):
        page = text_of(as_user(cast.agent), path)
    assert "The worker is silent: no mail is fetched, filed or sent." in page
    assert f'href="{PAGE}"' in page


def test_customers_and_visitors_are_told_nothing(
    cast: Cast, as_user: Browser, client: FreshClient
) -> None:
    with travelling(clock.now() + timedelta(minutes=5)):
        for browser in (client, as_user(cast.customer), as_user(cast.moderator)):
            assert "worker is silent" not in browser.get("/").text
        assert "worker is silent" in as_user(cast.admin).get("/admin/people").text
    assert as_user(cast.customer).get(PAGE).status_code == 403
    assert as_user(cast.moderator).get(PAGE).status_code == 403


def test_a_mailbox_that_cannot_be_reached_is_named_with_the_reason(
    cast: Cast, as_user: Browser
) -> None:
    since = clock.now() - timedelta(hours=2)
    add(
        Mailbox(
            address="help@tarn.example", host="imap.tarn.example", checked_at=clock.now(),
            trouble="The server refused the password.", trouble_since=since,
        ),
        Mailbox(address="old@tarn.example", trouble="Gone.", active=False),
    )  # fmt: skip
    page = text_of(as_user(cast.agent))
    assert "Mail to help@tarn.example cannot be fetched: The server refused the password.<" in page
    assert "2 hours ago" in page
    assert "old@tarn.example" not in page


def test_a_mailbox_that_nobody_looks_into_is_told(cast: Cast, as_user: Browser) -> None:
    long_ago = clock.now() - timedelta(minutes=20)
    add(
        Mailbox(address="help@tarn.example", host="imap.tarn.example", checked_at=long_ago),
        Mailbox(address="brought@tarn.example", created_at=long_ago),
    )
    page = text_of(as_user(cast.agent))
    assert "Nobody has looked for mail to help@tarn.example" in page
    assert "brought@tarn.example" not in page


def test_mail_that_waits_for_long_is_told_with_the_servers_words(
    cast: Cast, as_user: Browser
) -> None:
    mail = waiting_mail()
    with unit_of_work():
        note_trouble(mail, AWAY)
    assert "All is well" in text_of(as_user(cast.agent))
    with travelling(clock.now() + timedelta(minutes=11)):
        with unit_of_work():
            beat()
        page = text_of(as_user(cast.agent), "/inbox")
    assert "1 mail waits to be sent. The mail server says: Connection refused." in page


def test_what_nobody_took_is_trouble_and_what_was_refused_is_told_on_its_ticket(
    cast: Cast, as_user: Browser
) -> None:
    refused, untaken = waiting_mail(), waiting_mail()
    with unit_of_work():
        note_trouble(refused, Answer(Fate.REFUSED, "No such user", 550))
    assert "All is well" in text_of(as_user(cast.agent))
    with travelling(clock.now() + timedelta(hours=49)):
        with unit_of_work():
            beat()
            note_trouble(untaken, AWAY)
        assert "1 mail given up: no mail server took them" in text_of(as_user(cast.agent))


def test_it_is_gone_when_it_is_well(cast: Cast, as_user: Browser) -> None:
    browser, mail = as_user(cast.agent), waiting_mail()
    later = clock.now() + timedelta(minutes=11)
    with travelling(later):
        with unit_of_work():
            beat()
        assert "1 mail waits" in text_of(browser, "/inbox")
        with unit_of_work():
            note_sent(mail)
    with travelling(later + timedelta(seconds=11)):
        assert "1 mail waits" not in text_of(browser, "/inbox")
        assert "All is well" in text_of(browser)


def test_quarantine_is_counted(cast: Cast, as_user: Browser) -> None:
    add(
        *(
            InboundMail(
                way=Way.IMAP,
                sha256="0" * 64,
                fingerprint=str(number),
                bytes=1,
                state=State.QUARANTINED if number else State.FILED,
            )
            for number in range(3)
        )
    )
    assert "2 mails in quarantine" in text_of(as_user(cast.admin))


def test_pages_look_every_ten_seconds_and_no_more(cast: Cast, as_user: Browser) -> None:
    browser, start = as_user(cast.agent), clock.now()
    with travelling(start):
        browser.get("/inbox")
        add(Mailbox(address="help@tarn.example", trouble="No.", checked_at=start))
    for seconds, shown in ((9, False), (11, True)):
        with travelling(start + timedelta(seconds=seconds)):
            assert ("help@tarn.example" in browser.get("/inbox").text) is shown
