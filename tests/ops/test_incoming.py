"""The ledger of mail that came in: the envelope for who reads mail, the letter for who may read tickets."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.accounts import changing_roles
from app.accounts.permissions import Role
from app.core import storage
from app.core.db import db
from app.core.uow import unit_of_work
from app.mail.inbound import State
from app.mail.proving import prove
from app.mail.receivers import Ignored, Incoming, Outcome, Quarantined
from app.ops.queries import incoming
from app.ops.queries.incoming import View
from app.tickets import editing
from app.tickets.message import Message
from tests.mail.things import come, file_all, ledger, let_take, letter, mailbox
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

Drain = Callable[[], int]


@pytest.fixture
def admin(cast: Cast, as_user: Callable[[Any], FreshClient]) -> FreshClient:
    return as_user(cast.admin)


@pytest.fixture
def reader(cast: Cast, admin: FreshClient) -> FreshClient:
    """An admin who reads tickets too."""
    with unit_of_work():
        changing_roles.grant(cast.admin, role=Role.AGENT, by=None)
    return admin


def sort(mail: Incoming) -> Outcome:
    match mail.mail.subject:
        case "odd":
            return Quarantined(reason="odd", detail="It is odd.")
        case "dull":
            return Ignored(reason="dull", detail="It is dull.")
        case _:
            return file_all(mail)


def test_the_books_and_the_tabs_tell_what_became_of_what_came(
    admin: FreshClient, drain: Drain
) -> None:
    let_take(sort)
    for subject in ("Smoke", "odd", "dull"):
        come(letter(subject=subject))
    come(letter(subject="odd"))
    drain()
    come(letter(subject="late"))
    page = admin.get("/admin/incoming").text
    assert "<b>seen 5</b>, filed 1, quarantined 2, ignored 1, waiting 1" in page
    assert incoming.counts() == {
        View.ALL: 4, View.WAITING: 1, View.QUARANTINED: 1, View.FILED: 1, View.IGNORED: 1,
    }  # fmt: skip
    assert "It is odd." in admin.get("/admin/incoming?view=quarantined").text
    assert "It is dull." not in admin.get("/admin/incoming?view=quarantined").text


def test_an_admin_sees_envelopes_and_no_letters(admin: FreshClient) -> None:
    come(letter(subject="The secret is blue"), envelope_to="help@desk.example")
    for path in ("/admin/incoming", "/admin/incoming/1"):
        page = admin.get(path).text
        assert "cleo@house.example" in page and "secret" not in page
    assert admin.get("/admin/incoming/1/original").status_code == 403


def test_who_reads_tickets_too_reads_it_as_it_came(reader: FreshClient) -> None:
    come(letter(subject="The secret is blue"))
    assert "The secret is blue" in reader.get("/admin/incoming").text
    answer = reader.get("/admin/incoming/1/original")
    assert answer.data == letter(subject="The secret is blue")
    assert answer.headers["Content-Disposition"] == "attachment; filename=mail-1.eml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    storage.path(ledger()[0].sha256).unlink()
    assert reader.get("/admin/incoming/1/original").status_code == 404


def test_what_was_removed_for_good_is_not_to_be_had_from_the_ledger_either(
    reader: FreshClient, drain: Drain, cast: Cast
) -> None:
    come(letter("The secret is blue."))
    drain()
    assert reader.get("/admin/incoming/1/original").status_code == 200
    with unit_of_work():
        message = db.session.scalars(db.select(Message)).one()
        editing.redact_message(message, by=cast.agent)
    assert reader.get("/admin/incoming/1/original").status_code == 404


def test_one_mail_tells_its_story(reader: FreshClient, drain: Drain, cast: Cast) -> None:
    let_take(sort)
    box = mailbox()
    come(letter(subject="odd"), addressee=box)
    come(letter(subject="odd"), envelope_to="copy@desk.example")
    come(letter("Else.", subject="odd"))
    drain()
    assert reader.post("/admin/incoming/1/readings").status_code == 303
    page = reader.get("/admin/incoming/1").text
    assert "for help@desk.example" in page and "Came again, from a mail server, for copy@" in page
    assert "Quarantined: It is odd." in page and f"Processed again by {cast.admin.name}" in page
    assert (
        "Another mail has the same Message-ID"
        in reader.get(f"/admin/incoming/{ledger()[1].id}").text
    )


def test_what_is_odd_is_listed(admin: FreshClient, drain: Drain) -> None:
    let_take(sort)
    come(letter(**{"from": "a@b.example, c@d.example"}, subject="odd"))
    drain()
    assert "proves nothing" in admin.get("/admin/incoming/1").text


def test_one_click_has_it_read_again(admin: FreshClient, drain: Drain) -> None:
    let_take(sort)
    come(letter(subject="odd"))
    drain()
    let_take(file_all)
    admin.post("/admin/incoming/1/readings")
    drain()
    assert [(m.state, m.reason, m.attempts) for m in ledger()] == [(State.FILED, "", 1)]
    assert admin.post("/admin/incoming/1/readings").status_code == 409


def test_one_click_has_all_of_a_reason_read_again(admin: FreshClient, drain: Drain) -> None:
    let_take(sort)
    for number in range(3):
        come(letter(str(number), subject="odd"))
    come(letter(subject="dull"))
    drain()
    let_take(file_all)
    said = {"state": "quarantined", "reason": "odd"}
    assert admin.post("/admin/incoming/readings", data=said).location.endswith("?view=waiting")
    drain()
    assert [m.state for m in ledger()] == [State.FILED] * 3 + [State.IGNORED]
    assert admin.post("/admin/incoming/readings", data={"state": "no"}).status_code == 422


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cleo@", [1, 2]),
        ("CLEO", [1, 2]),
        ("bounce@", [2]),
        ("<two@x>", [2]),
        ("two@x", [2]),
        ("dov", []),
    ],
)
def test_search_finds_senders_and_ids(app: Flask, cast: Cast, text: str, found: list[int]) -> None:
    come(letter())
    come(letter("Two.", message_id="<two@x>"), envelope_from="bounce@x.example")
    rows = incoming.incoming(View.ALL, text=text, reason="", before=0, reader=cast.admin)
    assert sorted(row.id for row in rows.items) == found


def test_pages_follow_each_other(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "ROWS", 2)
    for number in range(3):
        come(letter(str(number)))
    first = incoming.incoming(View.ALL, text="", reason="", before=0, reader=cast.admin)
    rest = incoming.incoming(
        View.ALL, text="", reason="", before=int(first.after or 0), reader=cast.admin
    )
    assert [row.id for row in [*first.items, *rest.items]] == [3, 2, 1]


def test_what_the_proof_found_is_said_aloud(admin: FreshClient) -> None:
    come(letter())
    prove()
    assert "every mail is there, byte for byte" in admin.get("/admin/incoming").text
    storage.path(ledger()[0].sha256).unlink()
    prove()
    assert "Mail 1: its file is not there." in admin.get("/admin/incoming").text


@pytest.mark.parametrize("path", ["/admin/incoming", "/admin/mailboxes"])
def test_twenty_rows_cost_as_many_statements_as_two(admin: FreshClient, path: str) -> None:
    fill(range(2))
    with counted() as few:
        assert admin.get(path).status_code == 200
    fill(range(2, 20))
    with counted() as many:
        assert admin.get(path).status_code == 200
    assert len(many) == len(few)


def fill(numbers: range) -> None:
    for number in numbers:
        come(letter(str(number)), addressee=mailbox(f"m{number}@desk.example"))
