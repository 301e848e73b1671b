"""From the outbox to the mail server.

The conversation holds no transaction: a mail is read, the transaction let go, the letter handed
over, and a verb writes the result, committed by itself.  So a worker killed at any point sends at
most one mail twice, the one that the server had taken when the result was not yet written; and
that one bears the same Message-ID.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.core.jobs.worker import seconds_to_next_try
from app.core.uow import let_go, unit_of_work
from app.mail.answer import Answer, Fate
from app.mail.conversation import Conversation
from app.mail.letter import Letter, letter_of
from app.mail.noting import note_sent, note_trouble
from app.mail.outbound import OutboundMail, State
from app.mail.queries import whole_mail

BUSY = timedelta(seconds=5)
BEHIND = timedelta(minutes=1)

log = logging.getLogger(__name__)
_line = threading.Lock()


@dataclass
class Round:
    """How a round went: which mails to try again, after how long, and which are done with."""

    again: dict[int, timedelta] = field(default_factory=dict)
    settled: list[int] = field(default_factory=list)
    anything_left: bool = False


def send_in_turn(mail_ids: Sequence[int]) -> Round:
    """Hand these mails to the server, the oldest first.

    One conversation at a time in a process: a server that hangs holds one of the worker's threads,
    never all.
    """
    if not _line.acquire(blocking=False):
        return Round(again=dict.fromkeys(mail_ids, BUSY))
    try:
        done = Round()
        with Conversation() as conversation:
            for mail_id in sorted(mail_ids):
                _send(mail_id, conversation, done)
        return done
    finally:
        _line.release()


def to_wake(done: Round) -> Select[int]:
    """Mails that need not wait any longer: behind one that is done with; or all, once one has left."""
    next_ones = select(OutboundMail.conversation).where(OutboundMail.id.in_(done.settled))
    woken: ColumnElement[bool] = OutboundMail.conversation.in_(next_ones)
    if done.anything_left:
        woken = or_(woken, OutboundMail.waits_for_server)
    return select(OutboundMail.id).where(OutboundMail.state == State.QUEUED, woken)


def to_knock() -> Select[int]:
    """The mail by which we find out whether a server that was away is back: the one that waits longest."""
    waiting = select(OutboundMail.id).where(
        OutboundMail.state == State.QUEUED, OutboundMail.waits_for_server
    )
    return waiting.order_by(OutboundMail.id).limit(1)


def _send(mail_id: int, conversation: Conversation, done: Round) -> None:
    letter = _letter(mail_id, done)
    let_go()
    if letter is None:
        return
    answer = conversation.hand_over(letter)
    with unit_of_work():
        _note(mail_id, answer, done)


def _letter(mail_id: int, done: Round) -> Letter | None:
    """The letter, if it is its turn to leave."""
    mail = whole_mail(mail_id)
    if mail is None or mail.state is not State.QUEUED:
        return None
    if _is_behind(mail):
        done.again[mail_id] = BEHIND
        return None
    return letter_of(mail)


def _is_behind(mail: OutboundMail) -> bool:
    """Whether an earlier mail of the same conversation has not left yet."""
    earlier = aliased(OutboundMail)
    waiting = select(earlier.id).where(
        earlier.conversation == mail.conversation,
        earlier.id < mail.id,
        earlier.state == State.QUEUED,
    )
    return mail.conversation is not None and db.session.scalar(waiting.limit(1)) is not None


def _note(mail_id: int, answer: Answer | None, done: Round) -> None:
    mail = db.session.get_one(OutboundMail, mail_id)
    if answer is None:
        note_sent(mail)
        done.anything_left = True
    else:
        note_trouble(mail, answer)
        _log(mail, answer)
    if mail.state is State.QUEUED:
        done.again[mail_id] = timedelta(seconds=seconds_to_next_try(mail.attempts))
    else:
        done.settled.append(mail_id)


def _log(mail: OutboundMail, answer: Answer) -> None:
    facts = {"mail": mail.id, "code": answer.code, "attempts": mail.attempts}
    said = (
        "state unknown, to be sent again" if answer.fate is Fate.UNKNOWN else "mail did not leave"
    )
    log.warning(said, extra=facts)
