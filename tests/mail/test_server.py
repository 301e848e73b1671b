"""Finding the mail server, and trusting it."""

import socket
import ssl
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.mail import timed_smtp
from app.mail.conversation import Conversation
from app.mail.letter import Letter
from app.mail.server import Server
from app.mail.timed_smtp import TimedSmtp
from tests.support.smtp import free_port, smtp_server

PAIR = Path(__file__).with_name("localhost.pem")
LETTER = Letter(1, "desk@house.example", "cleo@house.example", b"Subject: Hi\r\n\r\nHi\r\n")


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PAIR)
    return context


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", Server("mail.example", 587, "", "", False)),
        ("smtps://mail.example", Server("mail.example", 465, "", "", True)),
        ("smtp://a%40b:p%2Fw@[::1]:25", Server("::1", 25, "a@b", "p/w", False)),
    ],
)
def test_a_server_is_read_from_its_url(url: str, server: Server) -> None:
    assert Server.from_url(url) == server


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "smtp://host:port"])
def test_nonsense_is_no_server(url: str) -> None:
    with pytest.raises(ValueError):
        Server.from_url(url)


def hand_over(url: str) -> None:
    """Talk to the server as the outbox does.  Raises what goes wrong."""
    host = TimedSmtp(Server.from_url(url))
    try:
        host.open()
        host.sendmail(LETTER.sender, [LETTER.recipient], LETTER.data)
    finally:
        host.part()


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_a_server_without_a_trusted_certificate_gets_no_mail(
    app: Flask, tls: ssl.SSLContext, scheme: str, implicit: bool
) -> None:
    with smtp_server(tls=tls, implicit=implicit) as sink:
        with pytest.raises(ssl.SSLCertVerificationError):
            hand_over(f"{scheme}://127.0.0.1:{sink.port}")
        assert not sink.taken


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
def test_a_server_with_a_trusted_one_does(
    app: Flask,
    tls: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    implicit: bool,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PAIR))
    with smtp_server(tls=tls, implicit=implicit) as sink:
        hand_over(f"{scheme}://127.0.0.1:{sink.port}")
        assert len(sink.taken) == 1


def test_a_certificate_for_another_host_is_not_enough(
    app: Flask, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PAIR))
    monkeypatch.setattr(socket, "getaddrinfo", _always_here)
    with smtp_server(tls=tls) as sink:
        with pytest.raises(ssl.SSLCertVerificationError):
            hand_over(f"smtp://other.example:{sink.port}")
        assert not sink.taken


def test_a_password_is_shown_to_a_server_on_this_machine(app: Flask) -> None:
    with smtp_server(passwords=True) as sink:
        hand_over(f"smtp://desk:right@127.0.0.1:{sink.port}")
        assert sink.signed_in == [("desk", "right")]


def test_a_password_is_not_shown_to_others_without_encryption(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _always_here)
    with smtp_server(passwords=True) as sink:
        answer = talk(app, f"smtp://desk:right@mail.example:{sink.port}")
        assert answer == "The server offers no encryption, so the password was not sent."
        assert not sink.signed_in


def test_a_wrong_password_is_said_so(app: Flask) -> None:
    with smtp_server(passwords=True) as sink:
        assert talk(app, f"smtp://desk:wrong@127.0.0.1:{sink.port}").startswith("535 ")


def test_a_server_that_is_not_there_is_asked_once_a_round(app: Flask) -> None:
    assert "refused" in talk(app, f"smtp://127.0.0.1:{free_port()}").lower()


def test_a_server_that_trickles_is_left_in_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_smtp, "TOTAL_S", 1)
    with socket.create_server(("127.0.0.1", 0)) as slow:
        threading.Thread(target=_trickle, args=(slow,), daemon=True).start()
        assert talk(app, f"smtp://127.0.0.1:{slow.getsockname()[1]}")


def talk(app: Flask, url: str) -> str:
    """What a round says about a server."""
    app.extensions["settings"] = replace(app.extensions["settings"], smtp_url=url)
    with Conversation() as conversation:
        answers = {conversation.hand_over(LETTER) for _ in range(2)}
    (answer,) = answers
    assert answer
    return answer.words


def _trickle(slow: socket.socket) -> None:
    wire, _ = slow.accept()
    with wire:
        for _ in range(100):
            try:
                wire.sendall(b"2")
            except OSError:
                return
            threading.Event().wait(0.1)


def _always_here(_host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
