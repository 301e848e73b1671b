"""Fetching from a real server: everything once, nothing lost, what is done put away."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core import clock, storage
from app.mail.books import books_by_mailbox
from app.mail.imap.box import Box
from app.mail.imap.looking import Look, look
from app.mail.imap.session import Session
from app.mail.imap.trouble import Kind, Trouble
from app.mail.inbound import State, Way
from app.mail.receivers import Filed, Ignored, Incoming, Outcome, Quarantined
from tests.mail.imap.conftest import MakeBox, present, row
from tests.mail.things import file_all, ledger, let_take, letter, sightings
from tests.support.dovecot import Dovecot, dovecot
from tests.support.wire import Cut, cutting

Drain = Callable[[], int]


def letters(number: int) -> list[bytes]:
    return [
        letter(f"Text {each}.\r\n\u00fc", subject=str(each), message_id=f"<{each}@house.example>")
        for each in range(number)
    ]


def visit(box: Box) -> Look:
    with Session(box) as session:
        return look(session)


def by_subject(incoming: Incoming) -> Outcome:
    match incoming.mail.subject:
        case "0":
            return Quarantined(reason="odd", detail="Odd.")
        case "1":
            return Ignored(reason="dull", detail="Dull.")
        case _:
            return Filed(about=f"message:{incoming.inbound_id}")


def test_all_that_lies_there_is_taken_byte_for_byte_and_once(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    sent = letters(5)
    server.put(user, *sent)
    box = make_box()
    assert visit(box) == Look(taken=5, missing=0, unsettled=5)
    assert visit(box).taken == 0
    assert [open_(mail.sha256) for mail in ledger()] == sent
    assert {(m.way, m.mailbox_id, m.state) for m in ledger()} == {
        (Way.IMAP, box.id, State.RECEIVED)
    }
    assert server.holds(user, criteria="UNSEEN") == 5


def open_(sha256: str) -> bytes:
    with storage.open(sha256) as file:
        return file.read()


def test_what_is_done_is_marked_as_read_and_stays_unless_a_folder_is_named(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, drain: Drain
) -> None:
    let_take(by_subject)
    server.put(user, *letters(4))
    box = make_box()
    visit(box)
    drain()
    assert visit(box) == Look(taken=0, missing=0, unsettled=0)
    assert (server.holds(user), server.holds(user, criteria="UNSEEN")) == (4, 0)


def test_what_is_done_and_what_is_in_trouble_is_moved_where_the_mailbox_says(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, drain: Drain
) -> None:
    let_take(by_subject)
    server.put(user, *letters(4))
    box = make_box(done_folder="Desk.Gr\u00fc\u00dfe", trouble_folder="Trouble")
    visit(box)
    assert server.holds(user) == 4
    drain()
    visit(box)
    assert server.holds(user) == 0
    assert (server.holds(user, '"Desk.Gr&APwA3w-e"'), server.holds(user, "Trouble")) == (3, 1)
    assert str(books_by_mailbox()[box.id]) == "seen 4, filed 2, quarantined 1, ignored 1, missing 0"


def test_a_server_without_move_is_left_with_everything_that_others_deleted(
    app: Flask, user: str, make_box: MakeBox, drain: Drain
) -> None:
    let_take(file_all)
    with dovecot(capability="IMAP4rev1 UIDPLUS") as old:
        old.put(user, *letters(2))
        box = make_box(port=old.port, done_folder="Done")
        visit(box)
        drain()
        other = old.connect(user)
        old.put(user, letter("Mine.", subject="mine", message_id="<m@x>"))
        other.noop()
        other.store("3", "+FLAGS", r"(\Deleted)")
        visit(box)
        assert (old.holds(user), old.holds(user, "Done")) == (1, 2)
        other.logout()


def test_a_server_that_counts_anew_brings_nothing_twice(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, drain: Drain
) -> None:
    let_take(file_all)
    server.put(user, *letters(3))
    box = make_box()
    visit(box)
    drain()
    server.count_anew(user)
    assert visit(box).taken == 3
    assert drain() == 0
    assert len(ledger()) == 3
    assert str(books_by_mailbox()[box.id]) == "seen 3, filed 3, quarantined 0, ignored 0, missing 0"


def test_two_that_look_at_once_take_everything_once(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    server.put(user, *letters(20))
    box = make_box()

    def go(_number: int) -> int:
        with app.app_context():
            return visit(box).taken

    with ThreadPoolExecutor(3) as hands:
        list(hands.map(go, range(3)))
    assert len(ledger()) == len(sightings()) == 20


def test_what_somebody_else_expunges_meanwhile_is_no_harm(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, drain: Drain
) -> None:
    let_take(file_all)
    server.put(user, *letters(3))
    box = make_box(done_folder="Done")
    with Session(box) as session:
        look(session)
        drain()
        other = server.connect(user)
        other.store("2", "+FLAGS", r"(\Deleted)")
        other.expunge()
        other.logout()
        look(session)
    assert (server.holds(user), server.holds(user, "Done")) == (0, 2)
    assert row(box).missing == [] and len(ledger()) == 3


def test_old_mail_is_left_alone_when_the_mailbox_says_so(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    client = server.connect(user)
    for days, raw in zip((40, 1, 0), letters(3), strict=True):
        client.append("INBOX", "", clock.now() - timedelta(days=days), raw)
    client.logout()
    box = make_box(since=clock.now() - timedelta(hours=1))
    assert visit(box).taken == 1
    assert [mail.subject for mail in ledger()] == ["2"]
    assert str(books_by_mailbox()[box.id]).startswith("seen 1, ")


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_a_look_that_is_cut_anywhere_is_made_up_for(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, drain: Drain, share: int
) -> None:
    """R-08: cut at every 5 % of what the server says, with mail to fetch and mail to put away."""
    let_take(file_all)
    server.put(user, *letters(3))
    visit(make_box(done_folder="Done"))
    drain()
    server.put(user, *(letter(subject=f"new {n}", message_id=f"<n{n}@x>") for n in range(3)))
    with cutting(server.port, after=int(CONVERSATION * share / 100)) as cut:
        box = box_at(cut, row_id=1)
        with pytest.raises(Trouble) as trouble:
            visit(box)
        assert trouble.value.kind in (Kind.CUT, Kind.SIGN_IN, Kind.SILENT)
    whole = box_at(server, row_id=1)
    visit(whole)
    drain()
    visit(whole)
    assert sorted(m.subject for m in ledger()) == ["0", "1", "2", "new 0", "new 1", "new 2"]
    assert server.holds(user) == 0
    assert str(books_by_mailbox()[1]) == "seen 6, filed 6, quarantined 0, ignored 0, missing 0"


CONVERSATION = 2600
"""Bytes that the server says in a look like that, about; a cut later than its end is no cut."""


def box_at(server: Dovecot | Cut, *, row_id: int) -> Box:
    return replace(present(row_id), port=server.port)


def test_what_cannot_be_stored_stays_unread_on_the_server_and_is_missing(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox, tmp_path: Any
) -> None:
    server.put(user, *letters(2))
    box = make_box()
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    with pytest.raises(Trouble) as trouble:
        visit(box)
    assert trouble.value.kind is Kind.STORAGE
    assert str(books_by_mailbox()[box.id]) == "seen 2, filed 0, quarantined 0, ignored 0, missing 2"
    assert server.holds(user, criteria="UNSEEN") == 2
    (tmp_path / "files").unlink()
    assert visit(box).taken == 2
    assert re.search("waiting 2, missing 0", str(books_by_mailbox()[box.id]))


def test_the_command_looks_into_every_mailbox(
    app: Flask, server: Dovecot, user: str, make_box: MakeBox
) -> None:
    server.put(user, *letters(2))
    make_box()
    make_box(address="broken@desk.example", port=1)
    make_box(address="brought@desk.example", host="")
    done = app.test_cli_runner().invoke(args=["mail", "fetch"])
    assert done.exit_code == 1
    assert done.stdout == f"{user} at 127.0.0.1: 2 mails taken.\n"
    assert "lets nobody in at port 1" in done.stderr
