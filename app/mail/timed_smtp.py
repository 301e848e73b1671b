"""An SMTP client that gives up in time and insists on the certificate."""

import contextlib
import smtplib
import socket
import ssl
import threading
from typing import Any

from app.core.web.addresses import public_host
from app.mail.server import Server

CONNECT_S = 30
TOTAL_S = 120
GOODBYE_S = 5


class TimedSmtp(smtplib.SMTP):
    """A conversation that ends after a time, however slowly the other side trickles."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._tls = ssl.create_default_context()
        self._wire: socket.socket | None = None
        self._watch: threading.Timer | None = None
        super().__init__(local_hostname=public_host(), timeout=CONNECT_S)
        self._host = server.host  # the name that the certificate must bear

    def open(self) -> None:
        """Connect, encrypt as the server can, and sign in.  Raises SMTPException or OSError."""
        server = self._server
        code, said = self.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        assert self.sock is not None
        self.sock.settimeout(TOTAL_S)
        self.ehlo_or_helo_if_needed()
        if not server.encrypted and self.has_extn("starttls"):
            self.starttls(context=self._tls)
            self.ehlo_or_helo_if_needed()
        if server.user:
            self._sign_in()

    def start_watch(self) -> None:
        """Cut the wire when the time from now is over."""
        self._stop_watch()
        self._watch = threading.Timer(TOTAL_S, self._cut)
        self._watch.daemon = True
        self._watch.start()

    def part(self) -> None:
        """Say goodbye if the other side still listens, and hang up."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if self.sock is not None:
                self.sock.settimeout(GOODBYE_S)
            self.quit()
        self.close()
        self._stop_watch()
        if self._wire is not None:
            self._wire.close()

    def _sign_in(self) -> None:
        if not (isinstance(self.sock, ssl.SSLSocket) or self._server.is_here):
            raise smtplib.SMTPNotSupportedError(
                "The server offers no encryption, so the password was not sent."
            )
        self.login(self._server.user, self._server.password)

    def _get_socket(self, host: str, port: int, timeout: Any) -> Any:
        plain: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self._wire = plain.dup()
        self.start_watch()
        if self._server.encrypted:
            return self._tls.wrap_socket(plain, server_hostname=host)
        return plain

    def _stop_watch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()

    def _cut(self) -> None:
        """End the conversation from another thread; a read that waits fails at once."""
        if self._wire is not None:
            with contextlib.suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)
