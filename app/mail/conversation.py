"""The conversation of a round: opened when first needed, and again after it broke off."""

import smtplib
from contextlib import ExitStack

from app.core.settings import settings
from app.mail.answer import Answer, Fate, answer_of, no_server
from app.mail.connection import Connection
from app.mail.letter import Letter
from app.mail.server import Server

PATIENCE = 2
"""How often a conversation may break off in one round before the server is left alone."""


class Conversation:
    """Hands letters to the server that the settings name."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._open: Connection | None = None
        self._away: Answer | None = None
        self._breaks = 0

    def __enter__(self) -> "Conversation":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def hand_over(self, letter: Letter) -> Answer | None:
        """None when the server took the letter, else why it did not.

        A server that cannot be reached is not asked again in this round.
        """
        if self._away:
            return self._away
        try:
            connection = self._connection()
        except (smtplib.SMTPException, OSError, ValueError) as fault:
            self._away = no_server(fault)
            return self._away
        try:
            connection.hand_over(letter)
        except (smtplib.SMTPException, OSError) as fault:
            return self._heard(answer_of(fault))
        return None

    def _connection(self) -> Connection:
        if self._open is None:
            server = Server.from_url(settings().smtp_url)
            self._open = self._stack.enter_context(Connection(server))
        return self._open

    def _heard(self, answer: Answer) -> Answer:
        """Hang up when the server did, or makes no sense."""
        if answer.fate in (Fate.NO_SERVER, Fate.UNKNOWN):
            self._stack.close()
            self._open = None
            self._breaks += 1
            if self._breaks >= PATIENCE:
                self._away = Answer(Fate.NO_SERVER, answer.words)
        return answer
