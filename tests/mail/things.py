"""Mails for tests, as they come over the wire, and what they became."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.mail.delivery import Addressee, Delivery
from app.mail.inbound import InboundMail, Way
from app.mail.mailbox import Mailbox
from app.mail.receivers import Filed, Receiver
from app.mail.receiving import Accepted, accept
from app.mail.sighting import Sighting

NOON = "Fri, 27 Nov 2026 12:00:00 +0000"


def letter(text: str = "The printer smokes.", **headers: str | None) -> bytes:
    """A mail; `message_id=…` is the header Message-ID, None leaves a header out."""
    said: dict[str, str | None] = {
        "From": "Cleo <cleo@house.example>",
        "To": "help@desk.example",
        "Subject": "Smoke",
        "Date": NOON,
        "Message-ID": "<one@house.example>",
    }
    named = {
        name.replace("_", "-").title().replace("-Id", "-ID"): each for name, each in headers.items()
    }
    lines = [f"{name}: {value}" for name, value in (said | named).items() if value is not None]
    return ("\r\n".join([*lines, "", text]) + "\r\n").encode()


def come(raw: bytes, **given: Any) -> Accepted:
    """Let a mail come in."""
    said: dict[str, Any] = {"way": Way.SMTP, "addressee": Addressee(), "mark": "a mark"}
    with unit_of_work():
        return accept(raw, Delivery(**said | given))


def mailbox(address: str = "help@desk.example", **given: Any) -> Addressee:
    """A mailbox of the desk."""
    with unit_of_work():
        begin_writing()
        made = Mailbox(address=address, **given)
        db.session.add(made)
        db.session.flush()
        return Addressee(made.id, made.group, made.active)


def ledger() -> Sequence[InboundMail]:
    """All mails that came, the oldest first."""
    db.session.rollback()
    return db.session.scalars(select(InboundMail).order_by(InboundMail.id)).all()


def sightings() -> Sequence[Sighting]:
    """All arrivals."""
    db.session.rollback()
    return db.session.scalars(select(Sighting).order_by(Sighting.id)).all()


def let_take(*receivers: Receiver) -> None:
    """Install those who may take mail."""
    current_app.extensions["mail_receivers"] = receivers


def file_all(incoming: Any) -> Filed:
    """A receiver that takes everything."""
    return Filed(about=f"message:{incoming.inbound_id}")
