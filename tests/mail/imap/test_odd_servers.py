"""Servers that do not do as the standard says lose nothing and mix nothing up."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.core import storage
from app.mail.imap.box import Box
from app.mail.imap.looking import Look, look
from app.mail.imap.session import Session
from app.mail.imap.trouble import Kind, Trouble
from app.mail.imap.trying import try_out
from tests.mail.imap.conftest import MakeBox, row
from tests.mail.imap.scripted import Script, scripted
from tests.mail.things import ledger, letter


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as running:
        running.mails = {
            uid: letter(subject=str(uid), message_id=f"<{uid}@x>") for uid in (3, 4, 7)
        }
        yield running


@pytest.fixture
def box(make_box: MakeBox, script: Script) -> Box:
    return make_box(port=script.port)


def visit(box: Box) -> Look:
    with Session(box) as session:
        return look(session)


def test_what_the_server_names_and_does_not_give_is_missing_until_it_does(
    app: Flask, box: Box, script: Script
) -> None:
    script.nil = {4}
    assert visit(box) == Look(taken=2, missing=1, unsettled=2)
    assert row(box).missing == [4]
    script.nil = set()
    assert visit(box).taken == 1
    assert row(box).missing == []


def test_a_mail_under_a_number_that_nobody_asked_for_is_not_taken(
    app: Flask, box: Box, script: Script
) -> None:
    script.wrong = {4: 99}
    assert visit(box).missing == 1
    assert [mail.subject for mail in ledger()] == ["3", "7"]


def test_what_the_server_says_in_between_does_not_get_into_a_mail(
    app: Flask, box: Box, script: Script
) -> None:
    script.chatter = b"* 9 EXISTS\r\n* 2 FETCH (FLAGS (\\Seen) UID 3)\r\n"
    visit(box)
    for mail, raw in zip(ledger(), script.mails.values(), strict=True):
        with storage.open(mail.sha256) as file:
            assert file.read() == raw


@pytest.mark.parametrize("command", ["CAPABILITY", "SELECT", "UID SEARCH", "UID FETCH 4"])
def test_a_server_that_says_goodbye_is_asked_again(
    app: Flask, box: Box, script: Script, command: str
) -> None:
    script.bye_at = command
    with pytest.raises(Trouble) as trouble:
        visit(box)
    assert trouble.value.kind is Kind.CUT
    script.bye_at = ""
    visit(box)
    assert [mail.subject for mail in ledger()] == ["3", "4", "7"]


def test_a_server_that_does_not_tell_of_mail_is_looked_at_from_time_to_time(
    app: Flask, box: Box, script: Script
) -> None:
    assert "so we look at intervals" in try_out(box).words
    assert not [said for said in script.said if said.startswith("IDLE")]


def test_a_mail_is_not_marked_before_it_is_stored(app: Flask, box: Box, script: Script) -> None:
    visit(box)
    assert all("BODY.PEEK" in said for said in script.said if "FETCH" in said)
    assert not [said for said in script.said if "STORE" in said or "EXPUNGE" in said]
