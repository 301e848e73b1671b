"""Mailboxes in admin: added, changed, tried out; secrets go in and never come out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.core import clock
from app.core.db import db
from app.core.settings import Settings
from app.core.uow import begin_writing, unit_of_work
from app.mail.credentials import opened
from app.mail.mailbox import Mailbox, Security
from app.mail.mailboxes import seal_secrets_anew
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.dovecot import Dovecot, dovecot

FORM = {
    "address": "Help@desk.example",
    "group": "desk",
    "host": "imap.desk.example",
    "port": "993",
    "security": "tls",
    "auth": "password",
    "password": "swordfish",
    "folder": "INBOX",
    "plus_addressing": "y",
    "existing": "take",
}


@pytest.fixture
def admin(cast: Cast, as_user: Callable[[Any], FreshClient]) -> FreshClient:
    return as_user(cast.admin)


def the_mailbox() -> Mailbox:
    db.session.rollback()
    return db.session.scalars(db.select(Mailbox)).one()


def test_a_mailbox_is_added_and_its_password_is_never_shown(admin: FreshClient) -> None:
    assert "No mailbox yet" in admin.get("/admin/mailboxes").text
    assert admin.post("/admin/mailboxes", data=FORM).location == "/admin/mailboxes/1"
    made = the_mailbox()
    assert (made.address, made.username, made.since) == (
        "help@desk.example",
        "Help@desk.example",
        None,
    )
    assert made.security is Security.TLS and opened(made.secret).password == "swordfish"
    for path in ("/admin/mailboxes", "/admin/mailboxes/1"):
        page = admin.get(path).text
        assert "help@desk.example" in page and "swordfish" not in page and made.secret not in page


def test_old_mail_may_be_left_alone(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM | {"existing": "leave"})
    since = the_mailbox().since
    assert since and (clock.now() - since).total_seconds() < 60


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": ""}, "Add the address."),
        ({"address": "help"}, "That is not a mail address."),
        ({"port": "70000"}, "A port is a number from 1 to 65535."),
        ({"port": "many"}, "A port is a number from 1 to 65535."),
        ({"security": "none"}, "everybody on the way can read the password"),
        ({"auth": "xoauth2"}, "Add the address that gives tokens"),
        ({"auth": "xoauth2", "oauth_token_url": "http://x.example/"}, "begins with https://"),
        ({"folder": ""}, "Name a folder."),
        ({"security": "rot13"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    admin: FreshClient, change: dict[str, str], words: str
) -> None:
    answer = admin.post("/admin/mailboxes", data=FORM | change)
    assert answer.status_code == 422 and words in answer.text
    assert "swordfish" not in answer.text
    assert not db.session.scalars(db.select(Mailbox)).all()


def test_an_address_is_one_mailbox(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM)
    answer = admin.post("/admin/mailboxes", data=FORM)
    assert answer.status_code == 422 and "with this address already" in answer.text


def test_a_secret_stays_unless_another_is_typed_in(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM)
    admin.post("/admin/mailboxes/1", data=FORM | {"password": "", "display_name": "Help"})
    assert the_mailbox().display_name == "Help"
    assert opened(the_mailbox().secret).password == "swordfish"
    admin.post("/admin/mailboxes/1", data=FORM | {"password": "other"})
    assert opened(the_mailbox().secret).password == "other"


def test_a_secret_is_not_sent_to_another_server_unseen(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM)
    moved = FORM | {"host": "evil.example", "password": ""}
    answer = admin.post("/admin/mailboxes/1", data=moved)
    assert answer.status_code == 422 and "type the secret in again" in answer.text
    assert the_mailbox().host == "imap.desk.example"
    assert admin.post("/admin/mailboxes/1", data=moved | {"password": "x"}).status_code == 303


def test_a_mailbox_is_switched_off_and_on(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM)
    admin.post("/admin/mailboxes/1/pauses")
    assert not the_mailbox().active
    assert "Switched off" in admin.get("/admin/mailboxes").text
    admin.post("/admin/mailboxes/1/resumptions")
    assert the_mailbox().active


def test_trouble_and_what_is_missing_are_shown(admin: FreshClient) -> None:
    admin.post("/admin/mailboxes", data=FORM)
    with unit_of_work():
        begin_writing()
        mailbox = db.session.get_one(Mailbox, 1)
        mailbox.trouble, mailbox.trouble_since = "It does not answer.", clock.now()
        mailbox.missing = list(range(100, 140))
    page = admin.get("/admin/mailboxes").text
    assert "It does not answer." in page and "In trouble" in page
    assert "missing 40" in page and "100, 101" in page


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def test_trying_says_what_works_and_what_does_not(admin: FreshClient, server: Dovecot) -> None:
    here = FORM | {"host": "127.0.0.1", "port": str(server.port), "security": "none"}
    admin.post("/admin/mailboxes", data=here)
    answer = admin.post("/admin/mailboxes/1/trials")
    assert answer.status_code == 422
    assert "127.0.0.1 does not let Help@desk.example in" in answer.text
    admin.post("/admin/mailboxes/1", data=here | {"password": "right", "done_folder": "Done"})
    assert admin.post("/admin/mailboxes/1/trials").status_code == 303
    page = admin.get("/admin/mailboxes/1").text
    assert "It works: Help@desk.example is signed in, and 0 mails in INBOX" in page
    assert "The folder Done will be made" in page


@pytest.mark.parametrize("who", ["customer", "moderator", "agent", "lead"])
def test_mailboxes_are_for_admins(
    cast: Cast, as_user: Callable[[Any], FreshClient], who: str
) -> None:
    browser = as_user(getattr(cast, who))
    for path in ("/admin/mailboxes", "/admin/mailboxes/new", "/admin/incoming"):
        assert browser.get(path).status_code == 403
    assert browser.post("/admin/mailboxes", data=FORM).status_code == 403


class TestAnotherKey:
    @pytest.fixture
    def settings_for_test(self) -> dict[str, Any]:
        return {"secret_key": "o" * 40}

    def test_what_an_older_key_sealed_is_sealed_anew(self, admin: FreshClient) -> None:
        settings: Settings = admin.application.extensions["settings"]
        admin.post("/admin/mailboxes", data=FORM)
        object.__setattr__(settings, "secret_key", "n" * 40)
        object.__setattr__(settings, "secret_key_fallbacks", ("o" * 40,))
        assert opened(the_mailbox().secret).password == "swordfish"
        with unit_of_work():
            seal_secrets_anew()
        object.__setattr__(settings, "secret_key_fallbacks", ())
        assert opened(the_mailbox().secret).password == "swordfish"
