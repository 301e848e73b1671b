"""Taking mail in: the same mail is one however it comes, and two mails are never taken for one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.core import storage
from app.mail.delivery import Place
from app.mail.inbound import State, Way
from tests.mail.things import come, ledger, letter, mailbox, sightings

TRACE = b"Received: from a by b; Fri, 27 Nov 2026 12:00:05 +0000\r\n"


def same(raw: bytes, *changes: tuple[bytes, bytes]) -> bytes:
    for old, new in changes:
        assert old in raw
        raw = raw.replace(old, new)
    return raw


ONE = letter("Hello.\r\n\r\nIt  smokes.\r\nFrom here it is worse.")


@pytest.mark.parametrize(
    "again",
    [
        ONE,
        same(ONE, (b"<one@house.example>", b"<0100019a@relay.example>")),
        TRACE + b"Return-Path: <x@y.example>\r\nDelivered-To: two@desk.example\r\n" + ONE,
        b"DKIM-Signature: v=1; b=abc\r\n def\r\nX-Spam-Score: 4\r\n" + ONE,
        same(ONE, (b"\r\n", b"\n")),
        same(ONE, (b"Subject: Smoke", b"Subject:  Smoke ")),
        same(ONE, (b"smokes.", b"smokes.  ")) + b"\r\n\r\n",
        same(ONE, (b"\r\nFrom here", b"\r\n>From here")),
    ],
    ids=["bytes", "relay", "traces", "stamps", "line ends", "folds", "blanks", "mbox"],
)
def test_the_same_mail_is_one_however_it_comes(app: Flask, again: bytes) -> None:
    first, second = come(ONE, mark="1"), come(again, mark="2")
    assert (first.is_new, second.is_new) == (True, False)
    assert first.mail_id == second.mail_id
    assert len(ledger()) == 1 and len(sightings()) == 2


@pytest.mark.parametrize(
    "other",
    [
        letter(date="Fri, 27 Nov 2026 12:00:01 +0000", message_id="<two@house.example>"),
        letter("It burns.", message_id="<two@house.example>"),
        letter(subject="Fire", message_id="<two@house.example>"),
        letter(**{"from": "Dov <dov@house.example>"}, message_id="<two@house.example>"),
        letter(to="sales@desk.example", message_id="<two@house.example>"),
    ],
    ids=["a second later", "text", "subject", "sender", "recipient"],
)
def test_mails_that_differ_are_two(app: Flask, other: bytes) -> None:
    come(letter())
    assert come(other).is_new
    assert [mail.twin_id for mail in ledger()] == [None, None]


def test_another_text_under_the_same_id_is_kept_and_flagged(app: Flask) -> None:
    first, second = come(letter()), come(letter("Something else."))
    assert second.is_new
    assert [mail.twin_id for mail in ledger()] == [None, first.mail_id]


@pytest.mark.parametrize(
    ("date", "one", "two"),
    [
        (None, "<1@x>", "<2@x>"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "<1@x>", "<2@x>"),
        ("Sat, 01 Jan 2000 00:00:00 +0000", "<1@x>", "<2@x>"),
        ("yesterday", "<1@x>", "<2@x>"),
    ],
    ids=["none", "1970", "2000", "nonsense"],
)
def test_without_a_clock_the_id_tells_mails_apart(
    app: Flask, date: str | None, one: str, two: str
) -> None:
    come(letter(date=date, message_id=one))
    assert come(letter(date=date, message_id=two)).is_new
    assert not come(TRACE + letter(date=date, message_id=one)).is_new


def test_a_mail_that_says_nothing_of_itself_is_rather_kept_twice(app: Flask) -> None:
    bare = letter(date=None, message_id=None)
    assert come(bare, mark="first").is_new
    assert come(bare, mark="second").is_new
    assert not come(bare, mark="second").is_new
    traced = TRACE + bare
    assert come(traced, mark="third").is_new
    assert not come(b"Received: from b by c; later\r\n" + traced, mark="fourth").is_new
    assert come(traced.replace(b"12:00:05", b"12:10:05"), mark="fifth").is_new


def test_mailboxes_of_a_group_share_a_mail_and_groups_do_not(app: Flask) -> None:
    help_, sales = mailbox("help@desk.example"), mailbox("sales@desk.example")
    legal = mailbox("legal@desk.example", group="legal")
    assert [come(letter(), addressee=each).is_new for each in (help_, sales, legal)] == [
        True,
        False,
        True,
    ]
    assert [each.mailbox_id for each in sightings()] == [1, 2, 3]


def test_a_place_on_the_server_is_seen_once(app: Flask) -> None:
    box, place = mailbox(), Place("INBOX", 7, 1)
    for _ in range(2):
        come(letter(), addressee=box, place=place, way=Way.IMAP)
    come(letter(), addressee=box, place=Place("INBOX", 7, 2), way=Way.IMAP)
    assert [each.uid for each in sightings()] == [1, 2]


def test_a_server_that_counts_anew_brings_no_mail_twice(app: Flask) -> None:
    box = mailbox()
    for place in (Place("INBOX", 7, 1), Place("INBOX", 8, 5), Place("INBOX", 8, 5)):
        come(letter(), addressee=box, place=place, way=Way.IMAP)
    assert [(each.uid_validity, each.uid) for each in sightings()] == [(8, 5)]


def test_many_at_once_are_one(app: Flask) -> None:
    def bring(number: int) -> bool:
        with app.app_context():
            return come(letter(), mark=str(number)).is_new

    with ThreadPoolExecutor(4) as hands:
        assert sum(hands.map(bring, range(40))) == 1
    assert len(ledger()) == 1 and len(sightings()) == 40


def test_the_bytes_are_kept_as_they_came(app: Flask) -> None:
    raw = b"\x00\xff no mail at all\r\n"
    come(raw)
    (mail,) = ledger()
    with storage.open(mail.sha256) as file:
        assert file.read() == raw
    assert (mail.state, mail.bytes, mail.group) == (State.RECEIVED, len(raw), "desk")


def test_the_ledger_takes_what_a_database_would_not(app: Flask) -> None:
    come(
        letter(
            subject="a\0b\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
            message_id=f"<{'x' * 900}@y>",
        )
    )
    (mail,) = ledger()
    assert "\0" not in mail.subject and len(mail.message_id or "") == 250


def test_a_large_mail_is_known_again_too(app: Flask) -> None:
    text = "\r\n".join(f"{number}  " + "x " * (number % 60) for number in range(60_000))
    raw = letter(text + "\r\n" * 2_000_000)
    assert come(raw).is_new
    assert not come(TRACE + raw.replace(b"\r\n", b"\n").rstrip()).is_new
    assert come(letter(text + "\r\n" * 2_000_000 + "y")).is_new


def test_ten_megabytes_of_blanks_cost_nothing_much(app: Flask) -> None:
    come(letter(" " * 10_000_000 + "x"))
    assert come(letter(">" * 10_000_000 + "x")).is_new
