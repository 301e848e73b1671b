"""`flask mail ingest`: mails from files, as an archive keeps them or a mail server pipes them."""

import mailbox as stdlib_mailbox
from pathlib import Path

import pytest
from flask import Flask

from app.core import storage
from app.core.db import db
from tests.mail.things import ledger, letter, mailbox, sightings
from tests.support.cast import Cast


def run(app: Flask, *files: object, piped: bytes | None = None) -> tuple[int, str]:
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["mail", "ingest", *map(str, files)], input=piped)
    return done.exit_code, done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def bytes_of(number: int) -> bytes:
    with storage.open(ledger()[number].sha256) as file:
        return file.read()


def test_a_file_is_taken_in_as_it_is_and_only_once(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(letter())
    assert run(app, file) == (0, "Took in 1 mail.")
    assert bytes_of(0) == letter()
    assert run(app, file) == (0, "Nothing new: 1 mail found, all of them here already.")


def test_even_a_mail_that_says_nothing_of_itself_is_taken_in_once(
    app: Flask, tmp_path: Path
) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(letter(date=None, message_id=None))
    files = (tmp_path / "a.eml", tmp_path / "b.eml")
    assert run(app, *files) == (0, "Took in 2 mails.")
    assert run(app, *files) == (0, "Nothing new: 2 mails found, all of them here already.")


def test_an_mbox_holds_many(app: Flask, tmp_path: Path) -> None:
    letters = [
        letter("One.\r\n\r\nFrom me, with love.", message_id="<1@x>", subject="1"),
        letter("Two.\r\n\r\n", message_id="<2@x>", subject="2"),
        letter("Three.", message_id="<3@x>", subject="3"),
    ]
    box = stdlib_mailbox.mbox(tmp_path / "box")
    for each in letters:
        box.add(each.replace(b"\r\n", b"\n"))
    box.close()
    (tmp_path / "three.eml").write_bytes(letters[2])
    assert run(app, tmp_path / "box") == (0, "Took in 3 mails.")
    assert [bytes_of(n).rstrip() for n in range(3)] == [
        each.replace(b"\r\n", b"\n").rstrip() for each in letters
    ]
    assert run(app, tmp_path / "box", tmp_path / "three.eml") == (
        0,
        "Nothing new: 4 mails found, all of them here already.",
    )


def test_what_is_piped_is_taken(app: Flask) -> None:
    assert run(app, "-", piped=letter()) == (0, "Took in 1 mail.")
    assert bytes_of(0) == letter()
    bare = letter(date=None, message_id=None)
    assert [run(app, "-", piped=bare)[1] for _ in range(2)] == ["Took in 1 mail."] * 2


def test_headers_say_whom_a_mail_is_for_unless_the_command_does(app: Flask, tmp_path: Path) -> None:
    help_, sales = mailbox("help@desk.example"), mailbox("sales@desk.example")
    file = tmp_path / "one.eml"
    file.write_bytes(letter(to="Somebody <x@y.example>, Help+vip@Desk.example"))
    run(app, file)
    file.write_bytes(letter(to="x@y.example", subject="Another"))
    run(app, file)
    run(app, file, "--mailbox", "sales@desk.example")
    file.write_bytes(letter(to="x@y.example", subject="A third"))
    run(app, file, "--mailbox", "sales@desk.example")
    assert [m.mailbox_id for m in ledger()] == [help_.mailbox_id, None, sales.mailbox_id]
    assert [s.mailbox_id for s in sightings()] == [1, None, 2, 2]
    assert run(app, file, "--mailbox", "nobody@desk.example")[0] == 2


def test_a_disk_that_refuses_makes_the_mail_server_keep_the_mail(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    assert run(app, "-", piped=letter()) == (75, "")
    assert not ledger()


@pytest.mark.parametrize("nothing", [b"", b"\r\n\r\n"])
def test_nothing_is_no_mail(app: Flask, nothing: bytes) -> None:
    assert (
        run(app, "-", piped=nothing)[1] == "Nothing new: 0 mails found, all of them here already."
    )
