"""`flask mail receive`: a real conversation with a real process."""

import signal
import smtplib
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import storage
from app.core.db import db
from app.mail.signed_address import Purpose, sign
from tests.mail.things import ledger, letter, mailbox, sightings
from tests.support.processes import running
from tests.support.smtp import free_port
from tests.support.workers import wait_until


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"mail_limit_bytes": 1_000_000}


@pytest.fixture
def door() -> int:
    return free_port()


def answers(connect: Callable[[], smtplib.SMTP]) -> bool:
    """Whether somebody listens there yet; a socket file is there a moment before."""
    try:
        connect().close()
    except (OSError, smtplib.SMTPException):
        return False
    return True


def lmtp(port: int) -> smtplib.LMTP:
    return smtplib.LMTP("127.0.0.1", port)


@pytest.fixture
def receiver(app: Flask, door: int) -> Iterator[subprocess.Popen[bytes]]:
    with running(app, "mail", "receive", "--port", str(door)) as process:
        wait_until(lambda: answers(lambda: lmtp(door)))
        yield process


def bytes_of(number: int) -> bytes:
    with storage.open(ledger()[number].sha256) as file:
        return file.read()


def say(client: smtplib.LMTP, raw: bytes, *recipients: str) -> list[str]:
    """The answers to a mail, one for each recipient, as they come."""
    client.ehlo_or_helo_if_needed()
    client.mail("cleo@house.example")
    for each in recipients:
        client.rcpt(each)
    client.putcmd("data")
    client.getreply()
    client.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    return [f"{code} {words.decode()}" for code, words in (client.getreply() for _ in recipients)]


def test_each_recipient_hears_for_itself_and_the_bytes_are_as_sent(
    app: Flask, receiver: object, door: int
) -> None:
    one = mailbox("help@desk.example")
    other = mailbox("legal@desk.example", group="legal")
    raw = letter("Hello.\r\n.hidden\r\n" + "x" * 5000 + "\r\nGr\u00fc\u00dfe")
    with closing(lmtp(door)) as client:
        assert (
            say(client, raw, "Help@desk.example", "legal@desk.example") == ["250 2.0.0 Taken"] * 2
        )
    assert [(m.mailbox_id, m.envelope_from, m.envelope_to) for m in ledger()] == [
        (one.mailbox_id, "cleo@house.example", "Help@desk.example"),
        (other.mailbox_id, "cleo@house.example", "legal@desk.example"),
    ]
    assert bytes_of(0) == bytes_of(1) == raw


def test_only_our_addresses_are_let_in(app: Flask, receiver: object, door: int) -> None:
    mailbox("help@desk.example")
    mailbox("plain@desk.example", plus_addressing=False)
    mailbox("off@desk.example", active=False)
    signed = sign("plain@desk.example", Purpose.REPLY, 7)
    said = {
        "help@desk.example": 250,
        "HELP+anything@Desk.Example": 250,
        "support@hearth.example": 250,
        "plain@desk.example": 250,
        "plain+x@desk.example": 550,
        signed: 250,
        signed.replace("+r7.", "+r8."): 550,
        "nobody@desk.example": 550,
        "off@desk.example": 450,
    }
    with closing(lmtp(door)) as client:
        client.ehlo("test")
        client.mail("cleo@house.example")
        assert {address: client.rcpt(address)[0] for address in said} == said


def test_without_a_mailbox_every_address_is_the_desks(
    app: Flask, receiver: object, door: int
) -> None:
    with closing(lmtp(door)) as client:
        assert client.sendmail("cleo@house.example", ["x@y.example"], letter()) == {}
    assert [(m.mailbox_id, m.group) for m in ledger()] == [(None, "desk")]


def test_a_mail_that_is_too_large_is_refused_to_each_recipient(
    app: Flask, receiver: object, door: int
) -> None:
    big = letter("x" * 900 + "\r\n") + b"y" * 998 * 1100 + b"\r\n"
    with closing(lmtp(door)) as client:
        said = say(client, big, "a@desk.example", "b@desk.example")
        assert said == ["552 5.3.4 The mail is larger than this desk takes."] * 2
        assert say(client, letter(), "a@desk.example") == ["250 2.0.0 Taken"]
        assert client.mail("cleo@house.example", ["size=2000000"])[0] == 552
    assert len(ledger()) == 1


def test_a_disk_that_refuses_leaves_the_mail_at_the_mail_server(
    app: Flask, receiver: object, door: int, tmp_path: Path
) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    with closing(lmtp(door)) as client:
        assert [each[:3] for each in say(client, letter(), "a@x.example", "b@x.example")] == [
            "451"
        ] * 2
        (tmp_path / "files").unlink()
        assert say(client, letter(), "a@x.example") == ["250 2.0.0 Taken"]
    assert len(ledger()) == 1 and len(sightings()) == 1


def test_a_database_that_refuses_leaves_the_mail_at_the_mail_server(
    app: Flask, receiver: object, door: int
) -> None:
    with closing(lmtp(door)) as client:
        client.ehlo("test")
        client.mail("cleo@house.example")
        with moved_away("mailboxes"):
            assert client.rcpt("a@x.example")[0] == 451
        with moved_away("inbound_mails"):
            assert say(client, letter(), "a@x.example")[0].startswith("451 4.3.0")
        assert say(client, letter(), "a@x.example") == ["250 2.0.0 Taken"]
    assert len(ledger()) == 1


@contextmanager
def moved_away(table: str) -> Iterator[None]:
    """A database without this table."""
    for old, new in ((table, "elsewhere"), ("elsewhere", table)):
        db.session.rollback()
        with db.engines[None].begin() as connection:
            connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
        if old == table:
            yield


def test_told_to_stop_it_finishes_what_it_holds(
    app: Flask, receiver: subprocess.Popen[bytes], door: int
) -> None:
    with closing(lmtp(door)) as client:
        client.ehlo("test")
        client.mail("cleo@house.example")
        client.rcpt("a@x.example")
        client.putcmd("data")
        client.getreply()
        receiver.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert not answers(lambda: lmtp(door))
        client.send(letter() + b".\r\n")
        assert client.getreply()[0] == 250
    assert receiver.wait(timeout=10) == 0
    assert len(ledger()) == 1


def test_smtp_and_a_socket_file_work_too(app: Flask, tmp_path: Path) -> None:
    port, socket = free_port(), tmp_path / "lmtp"
    with (
        running(app, "mail", "receive", "--protocol", "smtp", "--port", str(port)),
        running(app, "mail", "receive", "--socket", str(socket)),
    ):
        wait_until(lambda: answers(lambda: smtplib.LMTP(str(socket))))
        with closing(smtplib.LMTP(str(socket))) as client:
            client.sendmail("cleo@house.example", ["x@y.example"], letter())
        wait_until(lambda: answers(lambda: smtplib.SMTP("127.0.0.1", port)))
        with closing(smtplib.SMTP("127.0.0.1", port)) as client:
            client.sendmail("cleo@house.example", ["x@y.example", "z@y.example"], letter())
    assert len(ledger()) == 1 and len(sightings()) == 3


def test_several_at_once_bring_one_mail_in_once(app: Flask, receiver: object, door: int) -> None:
    def bring() -> None:
        with closing(lmtp(door)) as client:
            for number in range(10):
                client.sendmail("a@x.example", ["x@y.example"], letter(subject=str(number)))

    hands = [threading.Thread(target=bring) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(ledger()) == 10 and len(sightings()) == 40
