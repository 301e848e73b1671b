"""The door for mail servers: LMTP (RFC 2033) or SMTP (RFC 5321), a yes only after the commit.

A mail server that hears no yes keeps the mail and comes again; so whatever goes wrong here is
answered with "later", and nothing is lost.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core.uow import reading, unit_of_work
from app.mail.addressing import Directory
from app.mail.delivery import Addressee, Delivery
from app.mail.inbound import Way
from app.mail.receiving import accept

R = TypeVar("R")

TAKEN = "250 2.0.0 Taken"
LATER = "451 4.3.0 This desk cannot store mail right now. Try again later."
UNKNOWN = "550 5.1.1 There is no such mailbox at this desk."
OFF = "450 4.2.1 This mailbox is switched off at the moment."
TOO_LARGE = "552 5.3.4 The mail is larger than this desk takes."
TOO_LARGE_OF_LIBRARY = "552 Error: Too much mail data"
HANDS = 4
"""Mails that are stored side by side."""
LONGEST_LINE = 10_000_000
"""Bytes.  The standards say 1,000; programs that break them are no reason to lose a mail."""

log = logging.getLogger(__name__)


class Busy:
    """How many mails are in our hands, for those who want to close the door."""

    def __init__(self) -> None:
        self.mails = 0

    def __enter__(self) -> None:
        self.mails += 1

    def __exit__(self, *_: object) -> None:
        self.mails -= 1


class Door:
    """The answers of the house, whatever the protocol; the work is done in threads."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._hands = ThreadPoolExecutor(HANDS, thread_name_prefix="door")
        self.busy = Busy()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Whether the address is one of ours."""
        try:
            found = await self._apart(self._find, address)
        except (SQLAlchemyError, OSError):
            log.exception("no answer from the database")
            return LATER
        if found is None:
            return UNKNOWN
        if not found.active:
            return OFF
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Store the mail.  LMTP hears an answer for each recipient, SMTP one for all."""
        mark = secrets.token_hex()
        given = [(envelope, address, mark) for address in envelope.rcpt_tos]
        answers = [await self._apart(self._take, *each) for each in given]
        if isinstance(server, LMTP):
            return "\r\n".join(answers)
        return LATER if LATER in answers else TAKEN

    async def handle_exception(self, _error: Exception) -> str:
        """A fault of ours is no reason to send the mail back."""
        log.exception("the door broke")
        return LATER

    def _find(self, address: str) -> Addressee | None:
        with reading():
            return Directory().find(address)

    def _take(self, envelope: Envelope, address: str, mark: str) -> str:
        content = envelope.original_content
        assert isinstance(content, bytes)
        try:
            addressee = self._find(address) or Addressee()
            delivery = Delivery(
                way=Way.SMTP,
                addressee=addressee,
                mark=mark,
                envelope_from=envelope.mail_from or "",
                envelope_to=address,
            )
            with unit_of_work():
                accept(content, delivery)
        except (SQLAlchemyError, OSError):
            log.exception("a mail could not be stored")
            return LATER
        return TAKEN

    async def _apart(self, work: Callable[..., R], *given: Any) -> R:
        def do() -> R:
            with self._app.app_context():
                return work(*given)

        return await asyncio.get_running_loop().run_in_executor(self._hands, do)


class _Patient:
    """What both protocols share: long lines, and that mails in our hands are counted."""

    line_length_limit = LONGEST_LINE
    event_handler: Door

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Take the mail; the door stays open until its sender has the answer."""
        with self.event_handler.busy:
            await super().smtp_DATA(arg)  # type: ignore[misc]


class SmtpDoor(_Patient, SMTP):
    """SMTP, as aiosmtpd speaks it."""

    async def push(self, status: Any) -> None:
        """Say it, in our words."""
        await super().push(TOO_LARGE if status == TOO_LARGE_OF_LIBRARY else status)


class LmtpDoor(_Patient, LMTP):
    """LMTP.  The library answers once where a mail is too large; each recipient needs a word."""

    async def push(self, status: Any) -> None:
        """Say it to each recipient where that is due (RFC 2033, 4.2)."""
        if status == TOO_LARGE_OF_LIBRARY and self.envelope:
            status = "\r\n".join([TOO_LARGE] * len(self.envelope.rcpt_tos))
        await super().push(status)
