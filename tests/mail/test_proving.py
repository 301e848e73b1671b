"""`flask mail verify`: whatever is missing is found and named."""

from collections.abc import Callable

from flask import Flask

from app.core import storage
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.inbound import InboundMail, Way
from app.mail.proving import last_proof, prove_nightly
from app.mail.receivers import Ignored, Incoming
from tests.mail.things import come, file_all, ledger, let_take, letter, mailbox

Drain = Callable[[], int]


def run(app: Flask) -> tuple[int, str, list[str]]:
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["mail", "verify"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    said = [line for line in done.stderr.splitlines() if "Reading" not in line and line.strip()]
    return done.exit_code, done.stdout.strip(), said


def test_the_books_add_up(app: Flask, drain: Drain) -> None:
    def sort(incoming: Incoming) -> object:
        ignored = Ignored(reason="dull", detail="Dull.")
        return ignored if incoming.mail.subject == "dull" else file_all(incoming)

    let_take(sort)  # type: ignore[arg-type]
    box = mailbox()
    come(letter(), addressee=box)
    come(letter(), addressee=box, way=Way.RELAY)
    come(letter(subject="dull"))
    assert run(app)[1] == "seen 3, filed 0, quarantined 0, ignored 0, waiting 3, missing 0"
    drain()
    assert run(app) == (0, "seen 3, filed 2, quarantined 0, ignored 1, missing 0", [])


def test_a_file_that_is_gone_or_changed_is_named(app: Flask) -> None:
    for number in range(3):
        come(letter(subject=str(number)))
    gone, changed, _ = ledger()
    storage.path(gone.sha256).unlink()
    storage.path(changed.sha256).write_bytes(b"something else")
    code, _, said = run(app)
    assert code == 1
    assert said == ["Mail 1: its file is not there.", "Mail 2: its file was changed."]


def test_a_mail_that_never_arrived_or_became_nothing_is_named(app: Flask, drain: Drain) -> None:
    let_take(file_all)
    come(letter())
    drain()
    with unit_of_work():
        begin_writing()
        db.session.execute(db.text("DELETE FROM mail_sightings"))
        db.session.get_one(InboundMail, 1).about = None
    assert run(app)[2] == [
        "1 mail in the ledger never arrived.",
        "1 mail said to be filed became nothing.",
    ]


def test_a_mailbox_that_cannot_be_looked_into_proves_nothing(app: Flask) -> None:
    mailbox(host="127.0.0.1", port=1, username="ana", security="none")
    code, _, said = run(app)
    assert code == 1
    assert said[0].startswith(
        "help@desk.example could not be looked into: 127.0.0.1 lets nobody in"
    )


def test_the_nightly_proof_is_kept(app: Flask, drain: Drain) -> None:
    come(letter())
    storage.path(ledger()[0].sha256).unlink()
    with unit_of_work():
        prove_nightly()
    proof = last_proof()
    assert proof and proof.findings == ["Mail 1: its file is not there."]
