"""What is wrong with a mailbox is said in words; what is right is encrypted and verified."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from app.mail.credentials import Credentials, opened, sealed
from app.mail.imap import tokens
from app.mail.imap.looking import look
from app.mail.imap.session import Session
from app.mail.imap.trouble import Kind, Trouble
from app.mail.imap.trying import try_out
from app.mail.mailbox import Auth, Security
from tests.mail.imap.conftest import MakeBox, row
from tests.mail.things import ledger, letter
from tests.support.dovecot import PAIR, Dovecot, dovecot
from tests.support.smtp import free_port


def test_what_works_is_said_too(app: Flask, server: Dovecot, user: str, make_box: MakeBox) -> None:
    server.put(user, letter())
    trial = try_out(make_box(done_folder="Done"))
    assert trial.works
    assert trial.words == (
        f"It works: {user} is signed in, and 1 mail in INBOX can be taken. "
        "New mail is fetched at once. The folder Done will be made when it is needed."
    )
    assert server.holds(user, "Done") == 0 and not ledger()


@pytest.mark.parametrize(
    ("given", "kind", "words"),
    [
        ({"host": "no-such-name.invalid"}, Kind.NAME, "There is no server called no-such-name.invalid."),
        ({"port": free_port()}, Kind.REFUSED, "127.0.0.1 lets nobody in at port"),
        ({"security": Security.TLS}, Kind.ENCRYPTION, "127.0.0.1 does not speak TLS at port"),
        ({"security": Security.STARTTLS}, Kind.CERTIFICATE, "The certificate of 127.0.0.1 is not"),
        ({"credentials": Credentials(password="wrong")}, Kind.SIGN_IN, "127.0.0.1 does not let user"),
        ({"credentials": Credentials(password="fal\u00dfch")}, Kind.SIGN_IN, "127.0.0.1 does not let user"),
        ({"folder": "Nowhere"}, Kind.FOLDER, "The folder cannot be opened: Mailbox doesn't exist: Nowhere"),
    ],
    ids=["name", "refused", "no TLS", "certificate", "password", "umlaut", "folder"],
)  # fmt: skip
def test_trouble_is_told_in_words(
    app: Flask, make_box: MakeBox, given: dict[str, Any], kind: Kind, words: str
) -> None:
    box = make_box(**given)
    with pytest.raises(Trouble) as trouble, Session(box):
        pass
    assert trouble.value.kind is kind
    assert trouble.value.words.startswith(words)
    assert "wrong" not in trouble.value.words
    assert not try_out(box).works


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_that_is_trusted_is_enough_and_its_name_is_checked(
    app: Flask,
    server: Dovecot,
    make_box: MakeBox,
    security: Security,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PAIR))
    port = server.tls_port if security is Security.TLS else server.port
    with Session(make_box(security=security, port=port)):
        pass
    with (
        pytest.raises(Trouble) as trouble,
        Session(
            make_box(security=security, port=port, host="ip6-localhost", address="other@x.example")
        ),
    ):
        pass
    assert trouble.value.kind in (Kind.CERTIFICATE, Kind.REFUSED, Kind.NAME)


def test_a_secret_of_another_key_has_to_be_typed_in_again(app: Flask, make_box: MakeBox) -> None:
    box = make_box()
    object.__setattr__(app.extensions["settings"], "secret_key", "k" * 40)
    assert try_out(box).words == (
        "The secret was sealed with another HEARTH_SECRET_KEY. Type it in again."
    )


def test_a_password_is_nowhere_to_be_read(app: Flask, make_box: MakeBox) -> None:
    box = make_box(credentials=Credentials(password="swordfish"))
    assert "swordfish" not in f"{box!r} {row(box).secret} {opened(box.secret)!r}"
    assert opened(box.secret).password == "swordfish"


@dataclass
class Provider:
    """Gives access tokens, and says whose they are."""

    port: int
    asked: list[dict[str, str]] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def provider(owner: str) -> Iterator[Provider]:
    told = Provider(free_port())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append({name: values[0] for name, values in parse_qs(body).items()})
            self._say(told.status, told.answer or {"access_token": "good", "expires_in": 3600})

        def do_GET(self) -> None:
            good = parse_qs(urlsplit(self.path).query).get("token") == ["good"]
            self._say(200, {"active": "true" if good else "false", "email": owner})

        def _say(self, status: int, said: dict[str, Any]) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", told.port), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield told
        running.shutdown()


class TestXoauth2:
    @pytest.fixture
    def oauth(self, user: str) -> Iterator[Provider]:
        tokens._kept.clear()
        with provider(user) as running:
            yield running

    @pytest.fixture
    def box(self, make_box: MakeBox, user: str, oauth: Provider) -> Iterator[Any]:
        with dovecot(introspect=f"{oauth.url}/introspect?token=") as running:
            running.put(user, letter())
            yield make_box(
                port=running.port,
                auth=Auth.XOAUTH2,
                oauth_token_url=f"{oauth.url}/token",
                oauth_client_id="hearth",
                oauth_scope="mail",
                credentials=Credentials(client_secret="cs", refresh_token="rt"),
            )

    def test_an_access_token_is_asked_for_once_and_opens_the_mailbox(
        self, app: Flask, box: Any, oauth: Provider
    ) -> None:
        for _ in range(2):
            with Session(box) as session:
                look(session)
        assert len(ledger()) == 1
        assert oauth.asked == [
            {
                "client_id": "hearth",
                "client_secret": "cs",
                "grant_type": "refresh_token",
                "refresh_token": "rt",
                "scope": "mail",
            }
        ]

    def test_a_new_refresh_token_is_kept(self, app: Flask, box: Any, oauth: Provider) -> None:
        oauth.answer = {"access_token": "good", "refresh_token": "rt2"}
        with Session(box):
            pass
        kept = opened(row(box).secret)
        assert (kept.client_secret, kept.refresh_token) == ("cs", "rt2")

    def test_without_a_refresh_token_the_client_speaks_for_itself(
        self, app: Flask, box: Any, oauth: Provider
    ) -> None:
        object.__setattr__(box, "secret", sealed(Credentials(client_secret="cs")))
        with Session(box):
            pass
        assert oauth.asked[0]["grant_type"] == "client_credentials"

    def test_a_token_that_the_server_refuses_is_asked_for_anew(
        self, app: Flask, box: Any, oauth: Provider
    ) -> None:
        oauth.answer = {"access_token": "bad", "expires_in": 3600}
        assert "does not let" in try_out(box).words
        oauth.answer = {}
        assert try_out(box).works
        assert len(oauth.asked) == 2

    def test_what_the_provider_says_is_told_without_the_secrets(
        self, app: Flask, box: Any, oauth: Provider
    ) -> None:
        oauth.status = 400
        oauth.answer = {"error": "invalid_grant", "error_description": "Token has been revoked."}
        assert try_out(box).words == (
            "127.0.0.1 gave no access token: invalid_grant: Token has been revoked."
        )
