"""Settling mail: from bytes in the ledger to what became of them; every mail comes to rest.

A mail is read in a process of its own and then offered to the receivers.  What they make of it, the
mail's new state and the end of the job are committed together, so a worker killed anywhere makes
nothing twice.  What fails is tried again, and after the last try a person has to look at it.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.core import clock, storage
from app.core.db import at_most, db
from app.core.events import publish
from app.core.settings import settings
from app.core.uow import let_go, piece_of_work, unit_of_work, verb
from app.mail import receivers
from app.mail.events import MailQuarantined
from app.mail.inbound import RESTING, InboundMail, State
from app.mail.mailbox import Mailbox
from app.mail.parsing.apart import Unparsable, parse_apart
from app.mail.parsing.parsed import ParsedMail
from app.mail.receivers import Filed, Ignored, Incoming, Outcome, Quarantined
from app.mail.step import Happened, failures, note

TRIES = 3
"""That may fail before a person has to look at it."""
LIVES = 8
"""Times that it may be offered, also when the worker dies of that or is stopped meanwhile."""
PATIENCE = timedelta(minutes=15)
"""After that time a mail that does not rest is looked after."""
MOST_DEFECTS = 20
WORTH_ANOTHER_TRY = ("unreadable", "not_taken")

log = logging.getLogger(__name__)


class NotYet(Exception):
    """It did not work this time; the job is to be tried again."""


def settle(mail_id: int) -> None:
    """Bring a mail to rest.  Part of a job.  Raises NotYet when it has to be tried again."""
    mail = db.session.get(InboundMail, mail_id)
    if mail is None or mail.state in RESTING:
        return
    found = _beyond_reading(mail) or _read(mail)
    if isinstance(found, Quarantined):
        _failed(mail, found)
    else:
        _offer(mail, found)


@verb
def decide(mail: InboundMail, outcome: Outcome, *, by_id: int | None) -> None:
    """Write down what somebody made of a mail that had to be looked at."""
    _note_outcome(mail, outcome, by_id=by_id)


def left_behind() -> Sequence[int]:
    """Mails that should rest long since: their job was given up when something else was broken."""
    overdue = select(InboundMail.id).where(
        InboundMail.state.in_([State.RECEIVED, State.PARSED]),
        InboundMail.received_at < clock.now() - PATIENCE,
    )
    return db.session.scalars(overdue.order_by(InboundMail.id).limit(at_most(1000))).all()


def _beyond_reading(mail: InboundMail) -> Quarantined | None:
    if mail.bytes > settings().mail_limit_bytes:
        return _OVERSIZED
    return _DEADLY if mail.attempts >= LIVES else None


def _read(mail: InboundMail) -> ParsedMail | Quarantined:
    """What it says; or why nobody can tell."""
    try:
        with storage.open(mail.sha256) as file:
            raw = file.read()
    except FileNotFoundError:
        return _LOST
    limits = settings()
    let_go()
    try:
        parsed = parse_apart(raw, seconds=limits.mail_parse_s, memory_bytes=limits.mail_parse_bytes)
    except Unparsable as fault:
        return Quarantined(reason="unreadable", detail=str(fault))
    with unit_of_work():
        _note_parsed(mail, parsed)
    return parsed


def _offer(mail: InboundMail, parsed: ParsedMail) -> None:
    try:
        _file(mail, parsed)
    except DBAPIError:  # weather: it does not count as a try of the receiver
        raise
    except Exception as fault:  # whatever a room above stumbles over, the mail must come to rest
        log.exception("a mail was not taken", extra={"inbound": mail.id})
        words = f"Filing it failed: {type(fault).__name__}. The log of the worker has the rest."
        _failed(mail, Quarantined(reason="not_taken", detail=words))


@verb
def _note_parsed(mail: InboundMail, parsed: ParsedMail) -> None:
    """What it says, and that it is offered now, before that can do harm."""
    mail.state = State.PARSED
    mail.attempts += 1
    mail.from_address = (parsed.from_address or "")[:320]
    mail.subject = parsed.subject[:300]
    mail.facts = facts_of(parsed)


def facts_of(parsed: ParsedMail) -> dict[str, Any]:
    """What the ledger shows of a mail beside its envelope; plain values, nothing of what it says."""
    return {
        "sender_verified": parsed.sender_verified,
        "is_auto_reply": parsed.is_auto_reply,
        "is_bounce": parsed.is_bounce,
        "is_list": parsed.is_list,
        "files": len(parsed.attachments),
        "defects": list(parsed.defects[:MOST_DEFECTS]),
    }


@verb
def _file(mail: InboundMail, parsed: ParsedMail) -> None:
    """Offer it; what the receivers do and what the ledger says of it are one transaction."""
    if mail.state in RESTING:
        return
    with piece_of_work():
        outcome = receivers.offer(_incoming(mail, parsed))
    _note_outcome(mail, outcome)


@verb
def _rest(mail: InboundMail, outcome: Outcome) -> None:
    if mail.state not in RESTING:
        _note_outcome(mail, outcome)


def _note_outcome(mail: InboundMail, outcome: Outcome, *, by_id: int | None = None) -> None:
    mail.settled_at = clock.now()
    match outcome:
        case Filed(about=about):
            mail.state, mail.about, mail.reason, mail.detail = State.FILED, about, "", ""
            note(mail, Happened.FILED, by_id=by_id)
        case Ignored(reason=reason, detail=detail):
            mail.state, mail.reason, mail.detail = State.IGNORED, reason[:40], detail[:300]
            note(mail, Happened.IGNORED, reason=mail.reason, detail=detail, by_id=by_id)
        case Quarantined(reason=reason, detail=detail):
            mail.state, mail.reason, mail.detail = State.QUARANTINED, reason[:40], detail[:300]
            note(mail, Happened.QUARANTINED, reason=mail.reason, detail=detail)
            publish(MailQuarantined(inbound_id=mail.id, reason=mail.reason))
    log.info("mail rests", extra={"inbound": mail.id, "state": mail.state, "reason": mail.reason})


def _failed(mail: InboundMail, why: Quarantined) -> None:
    """Try again later, or no more.  Raises NotYet."""
    if why.reason in WORTH_ANOTHER_TRY and failures(mail) + 1 < TRIES:
        with unit_of_work():
            _note_failure(mail, why)
        raise NotYet(why.reason) from None  # what is below may quote the mail
    _rest(mail, why)


@verb
def _note_failure(mail: InboundMail, why: Quarantined) -> None:
    note(mail, Happened.FAILED, reason=why.reason, detail=why.detail)


def _incoming(mail: InboundMail, parsed: ParsedMail) -> Incoming:
    mailbox = db.session.get(Mailbox, mail.mailbox_id) if mail.mailbox_id else None
    return Incoming(
        inbound_id=mail.id,
        mail=parsed,
        way=mail.way,
        mailbox_id=mail.mailbox_id,
        mailbox_address=mailbox.address if mailbox else settings().mail_from.lower(),
        trusted_authserv=mailbox.trusted_authserv if mailbox else "",
        envelope_from=mail.envelope_from.lower(),
        envelope_to=mail.envelope_to.lower(),
        received_at=mail.received_at,
    )


_OVERSIZED = Quarantined(
    reason="oversized", detail="It is larger than this desk reads. The original is kept."
)
_DEADLY = Quarantined(
    reason="deadly", detail="The worker died each time this mail was offered, so it is left alone."
)
_LOST = Quarantined(reason="lost", detail="Its bytes are not in our storage any more.")
