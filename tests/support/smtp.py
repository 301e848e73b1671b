"""A real SMTP server that does as it is told."""

import asyncio
import email
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server  # noqa: N811
from aiosmtpd.smtp import AuthResult, Envelope, Session

HANG = "hang"
DROP = "drop"
TAKE_AND_DROP = "take and drop"
TRICKLE = "trickle"


class Sink:
    """What the server took, and what it is to answer to whom.

    `on_rcpt` and `on_data` map a recipient to answers, used up one by one; without one it is taken.
    `HANG` never answers, `DROP` hangs up, `TAKE_AND_DROP` takes the mail and hangs up, `TRICKLE` answers
    with a byte now and then, and never to the end.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.conversations = 0
        self.signed_in: list[tuple[str, str]] = []
        self.on_rcpt: dict[str, list[str]] = {}
        self.on_data: dict[str, list[str]] = {}
        self.on_mail: list[str] = []
        self.when: Callable[[str], None] = lambda moment: None
        """Told "rcpt", "data" and "taken" as they come, before the server answers."""

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.taken]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: Server, session: Session, _e: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = hostname
        return answers

    async def handle_MAIL(  # noqa: N802
        self, _server: Server, _s: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        if self.on_mail:
            return self.on_mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: Server, _s: Session, envelope: Envelope, address: str, _o: list[str]
    ) -> str:
        self.when("rcpt")
        answer = await self._told(self.on_rcpt, address, server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: Server, _session: Session, envelope: Envelope
    ) -> str:
        self.when("data")
        (recipient,) = envelope.rcpt_tos
        if self.on_data.get(recipient, [])[:1] == [TAKE_AND_DROP]:
            self._take(envelope, recipient)
        answer = await self._told(self.on_data, recipient, server)
        if answer.startswith("250"):
            self._take(envelope, recipient)
        return answer

    def _take(self, envelope: Envelope, recipient: str) -> None:
        assert isinstance(envelope.content, bytes)
        parsed: Any = email.message_from_bytes(envelope.content, policy=SMTP)
        self.taken.append(parsed)
        self.recipients.append(recipient)
        self.when("taken")

    async def _told(self, script: dict[str, list[str]], address: str, server: Server) -> str:
        answer = script[address].pop(0) if script.get(address) else "250 OK"
        if answer == HANG:
            await asyncio.sleep(60)
        while answer == TRICKLE:
            server.transport.write(b"2")  # type: ignore[union-attr]
            await asyncio.sleep(0.2)
        if answer in (DROP, TAKE_AND_DROP):
            server.transport.abort()  # type: ignore[union-attr]
        return answer


@contextmanager
def smtp_server(
    port: int = 0,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    passwords: bool = False,
) -> Iterator[Sink]:
    """Run the server on a port of this machine: the given one, or one that is free."""
    sink = Sink(port or free_port())

    def authenticate(_s: Any, _se: Any, _e: Any, _m: str, data: Any) -> AuthResult:
        sink.signed_in.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right", handled=False)

    options: dict[str, Any] = {"tls_context": tls} if tls and not implicit else {}
    if passwords:
        options |= {"authenticator": authenticate, "auth_require_tls": False}
        options["auth_exclude_mechanism"] = ["LOGIN"]
    controller = Controller(
        sink,
        hostname="127.0.0.1",
        port=sink.port,
        ssl_context=tls if implicit else None,
        **options,
    )
    controller.start()
    try:
        yield sink
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
