"""The slot for what becomes of mail: rooms above offer to take it, wiring installs them in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from app.mail.inbound import Way
from app.mail.parsing.parsed import ParsedMail


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A mail that waits to be filed.  Addresses of envelopes and mailboxes are in lower case."""

    inbound_id: int
    mail: ParsedMail
    way: Way
    mailbox_id: int | None
    mailbox_address: str
    trusted_authserv: str
    """The name of the server that is believed when it vouches for senders (RFC 8601); or empty."""
    envelope_from: str
    envelope_to: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class Filed:
    """It became something: "message:34"."""

    about: str


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """Nothing needs to become of it; `reason` for machines, `detail` for people."""

    reason: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Quarantined:
    """A person has to look at it."""

    reason: str
    detail: str


Outcome = Filed | Ignored | Quarantined
Receiver = Callable[[Incoming], Outcome | None]
"""Takes a mail, in a unit of work that the caller ends; None: this is not for me."""


def init_app(app: Flask, receivers: Sequence[Receiver]) -> None:
    """Install those who may take mail, in the order in which they are asked."""
    app.extensions["mail_receivers"] = tuple(receivers)


def offer(incoming: Incoming) -> Outcome:
    """Ask one after the other."""
    for receiver in current_app.extensions["mail_receivers"]:
        outcome: Outcome | None = receiver(incoming)
        if outcome is not None:
            return outcome
    return Quarantined(reason="nobody", detail="No part of the desk takes mail of this kind.")
