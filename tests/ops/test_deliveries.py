"""Mail that relays bring: signed or refused, and stored before the answer."""

import hashlib
import hmac
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock
from tests.mail.things import ledger, letter, mailbox, sightings
from tests.support.client import FreshClient

SECRET = "a secret that is long enough for it all"


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"relay_secret": SECRET, "mail_limit_bytes": 1_000_000, "upload_limit_bytes": 100_000}


def bring(
    client: FreshClient,
    raw: bytes = letter(),
    *,
    age_s: float = 0,
    secret: str = SECRET,
    **headers: str,
) -> TestResponse:
    time = str(int(clock.now().timestamp() - age_s))
    seal = hmac.new(secret.encode(), f"{time}.".encode() + raw, hashlib.sha256).hexdigest()
    said = {
        "X-Hearth-Timestamp": time,
        "X-Hearth-Signature": seal,
        "Content-Type": "message/rfc822",
    }
    return client.post("/mail/deliveries", data=raw, headers=said | headers)


def test_a_signed_mail_is_stored_before_the_answer(app: Flask, client: FreshClient) -> None:
    box = mailbox()
    answer = bring(client, b"Delivered-To: help@desk.example\r\n" + letter(to="x@y.example"))
    assert (answer.status_code, answer.json) == (200, {"mail": 1, "new": True})
    assert [mail.mailbox_id for mail in ledger()] == [box.mailbox_id]
    assert "Set-Cookie" not in answer.headers


def test_what_is_sent_again_is_the_same_mail(client: FreshClient) -> None:
    for _ in range(3):
        assert bring(client).json["mail"] == 1  # type: ignore[index]
    bare = letter(date=None, message_id=None)
    one = bring(client, bare)
    again = client.post("/mail/deliveries", data=bare, headers=dict(one.request.headers))
    assert one.json["new"] and not again.json["new"]  # type: ignore[index]
    assert len(ledger()) == 2 and len(sightings()) == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"secret": "another secret"}, "X-Hearth-Signature does not belong"),
        ({"age_s": 301}, "more than five minutes"),
        ({"age_s": -330}, "more than five minutes"),
        ({"X-Hearth-Timestamp": "today"}, "in seconds since 1970"),
        ({"X-Hearth-Timestamp": ""}, "in seconds since 1970"),
        ({"X-Hearth-Signature": "Gr\u00fc\u00dfe"}, "does not belong"),
        ({"X-Hearth-Signature": ""}, "does not belong"),
    ],
)
def test_what_is_not_signed_as_it_should_be_is_refused(
    client: FreshClient, given: dict[str, Any], words: str
) -> None:
    answer = bring(client, **given)
    assert answer.status_code == 401 and words in answer.text
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert not ledger()


def test_a_signature_is_for_one_mail(client: FreshClient) -> None:
    answer = bring(client)
    changed = client.post(
        "/mail/deliveries", data=letter("Other."), headers=dict(answer.request.headers)
    )
    assert changed.status_code == 401


def test_mails_may_be_larger_than_files_and_not_larger_than_mails(client: FreshClient) -> None:
    assert bring(client, letter("x" * 900_000)).status_code == 200
    assert bring(client, letter("x" * 1_000_000)).status_code == 413
    assert len(ledger()) == 1


def test_a_form_is_no_mail(client: FreshClient) -> None:
    answer = bring(client, **{"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 415 and "message/rfc822" in answer.text


def test_a_disk_that_refuses_makes_the_relay_come_again(
    client: FreshClient, tmp_path: Path
) -> None:
    (tmp_path / "files").write_bytes(b"a file where a folder should be")
    answer = bring(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert not ledger()


def test_a_page_of_another_site_cannot_bring_mail(client: FreshClient) -> None:
    assert bring(client, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


class TestWithoutASecret:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {}

    def test_nobody_may_bring_mail(self, client: FreshClient) -> None:
        answer = bring(client, secret="")
        assert answer.status_code == 401 and "HEARTH_RELAY_SECRET" in answer.text
