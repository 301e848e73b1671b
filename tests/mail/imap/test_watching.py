"""The worker watches mailboxes: new mail is there at once, and comes back after a cut."""

import time
from typing import Any

import pytest
from flask import Flask

from app.core.uow import unit_of_work
from app.mail.credentials import Credentials
from app.mail.inbound import State
from app.mail.mailboxes import change_mailbox, switch_off, switch_on
from tests.mail.imap.conftest import MakeBox, row
from tests.mail.things import ledger, letter
from tests.support.dovecot import Dovecot
from tests.support.processes import running
from tests.support.wire import cutting
from tests.support.workers import wait_until


def another(number: int) -> bytes:
    return letter(subject=str(number), message_id=f"<{number}@x>")


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"mail_poll_every_s": 60}


def test_new_mail_is_fetched_at_once_also_after_a_cut_and_not_when_switched_off(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    with cutting(server.port) as wire, running(app, "worker"):
        box = make_box(port=wire.port, done_folder="Done", trouble_folder="Odd")
        server.put(user, another(0))
        wait_until(lambda: len(ledger()) == 1)
        wait_until(lambda: row(box).checked_at is not None)
        time.sleep(1)
        began = time.monotonic()
        server.put(user, another(1))
        wait_until(lambda: len(ledger()) == 2, seconds=10)
        assert time.monotonic() - began < 10, "IDLE tells at once, a look comes after 60 s"
        wire.cut()
        server.put(user, another(2))
        wait_until(lambda: len(ledger()) == 3, seconds=20)
        wait_until(lambda: all(mail.state is State.FILED for mail in ledger()))
        wait_until(lambda: server.holds(user, "Done") == 3, seconds=20)
        assert row(box).trouble == ""
        with unit_of_work():
            switch_off(row(box))
        time.sleep(7)
        server.put(user, another(3))
        time.sleep(3)
        assert len(ledger()) == 3
        with unit_of_work():
            switch_on(row(box))
        wait_until(lambda: len(ledger()) == 4, seconds=20)


def test_trouble_is_noted_until_it_is_over(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    box = make_box(credentials=Credentials(password="wrong"))
    server.put(user, another(0))
    with running(app, "worker"):
        wait_until(lambda: "does not let" in row(box).trouble)
        since = row(box).trouble_since
        assert since is not None and not ledger()
        with unit_of_work():
            change_mailbox(row(box), credentials=Credentials(password="right"))
        wait_until(lambda: len(ledger()) == 1, seconds=20)
        wait_until(lambda: row(box).trouble == "")
    assert row(box).trouble_since is None
