"""The connection to the mail server: Flask-Mail's without its flaws.

As it is, it waits for ever for a server that does not answer, and `starttls()` without a context
accepts any certificate.  Ours gives up in time and talks only to whom the certificate names.
"""

import flask_mail

from app.mail.letter import Letter
from app.mail.server import Server
from app.mail.timed_smtp import TimedSmtp


class Connection(flask_mail.Connection):
    """One connection; several letters may be handed over in it."""

    host: TimedSmtp

    def __init__(self, server: Server) -> None:
        super().__init__(flask_mail.Mail())
        self.server = server

    def __exit__(self, *_: object) -> None:
        self.host.part()

    def configure_host(self) -> TimedSmtp:
        """Connect, encrypt, sign in.  Raises SMTPException or OSError."""
        host = TimedSmtp(self.server)
        try:
            host.open()
        except BaseException:
            host.part()
            raise
        return host

    def hand_over(self, letter: Letter) -> None:
        """Give the letter to the server.  Raises SMTPException or OSError unless it took it."""
        self.host.start_watch()
        self.send(_Sealed(letter))


class _Sealed(flask_mail.Message):
    """A letter as Flask-Mail wants it: its bytes are made already."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(sender=letter.sender, recipients=[letter.recipient])
        self._data = letter.data

    def as_bytes(self) -> bytes:
        """What goes over the wire."""
        return self._data
