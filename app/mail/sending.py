"""From the outbox to the mail server.

The conversation holds no transaction: a mail is read, the transaction let go, the letter handed
over, and a verb writes the result, committed by itself.  So a worker killed at any point sends at
most one mail twice, the one that the server had taken when the result was not yet written; and
that one bears the same Message-ID.
"""

import logging
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, or_, select

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
BEHIND = timedelta(minutes=10)
"""A mail behind another of its conversation leaves right after it; this is for when that goes wrong."""
MOST = 200
"""So many mails are handed over in one round."""

log = logging.getLogger(__name__)
_line = threading.Lock()


@dataclass
class Round:
    """How a round went: which mails to try again, after how long, whether any has left, and those that
    were to follow when it was full."""

    again: dict[int, timedelta] = field(default_factory=dict)
    anything_left: bool = False
    rest: list[int] = field(default_factory=list)


def send_in_turn(mail_ids: Sequence[int]) -> Round:
    """Hand these mails to the server, the oldest first, and after each those that waited behind it.

    One conversation at a time in a process: a server that hangs holds one of the worker's threads,
    never all.
    """
    if not _line.acquire(blocking=False):
        return Round(again=dict.fromkeys(mail_ids, BUSY))
    try:
        done = Round()
        with Conversation() as conversation:
            _send_all(deque(sorted(mail_ids)), conversation, done)
        return done
    finally:
        _line.release()


def to_wake(done: Round) -> Select[int]:
    """Those for which there was no room; and all that waited for a server, now that one took a mail."""
    woken: ColumnElement[bool] = OutboundMail.id.in_(done.rest)
    if done.anything_left:
        woken = or_(woken, OutboundMail.waits_for_server)
    return select(OutboundMail.id).where(OutboundMail.state == State.QUEUED, woken)


def to_knock() -> Select[int]:
    """The mail by which we find out whether a server that was away is back: the one that waits longest."""
    waiting = OutboundMail.state == State.QUEUED, OutboundMail.waits_for_server
    return select(OutboundMail.id).where(*waiting).order_by(OutboundMail.id).limit(1)


def _send_all(line: deque[int], conversation: Conversation, done: Round) -> None:
    """Each mail of the round, and after it those behind it, whose own jobs will find it done."""
    asked = set(line)
    for _ in range(MOST):
        if not line:
            break
        follower = _send(line.popleft(), conversation, done)
        if follower is not None:
            if follower in line:
                line.remove(follower)
            line.appendleft(follower)
    done.again = {key: delay for key, delay in done.again.items() if key in asked}
    done.again |= {key: timedelta(0) for key in line if key in asked}
    done.rest = [key for key in line if key not in asked]


def _send(mail_id: int, conversation: Conversation, done: Round) -> int | None:
    """Hand it over if it is its turn; gives the mail that waited behind it, once it is done with."""
    mail = whole_mail(mail_id)
    if mail is None:
        return None
    if mail.state is not State.QUEUED:  # perhaps by a worker that died before it went on
        return _follower(mail)
    letter = _letter(mail, done)
    let_go()
    if letter is None:
        return None
    answer = conversation.hand_over(letter)
    with unit_of_work():
        return _note(mail_id, answer, done)


def _letter(mail: OutboundMail, done: Round) -> Letter | None:
    """The letter, if it is its turn to leave."""
    if _is_behind(mail):
        done.again[mail.id] = BEHIND
        return None
    return letter_of(mail)


def _is_behind(mail: OutboundMail) -> bool:
    """Whether an earlier mail of the same conversation has not left yet."""
    if mail.conversation is None:
        return False
    earlier = _queued_with(mail).where(OutboundMail.id < mail.id)
    return db.session.scalar(earlier.limit(1)) is not None


def _follower(mail: OutboundMail) -> int | None:
    """The next mail of the same conversation that waits; one that was tried already has its own time."""
    if mail.conversation is None:
        return None
    later = _queued_with(mail).where(OutboundMail.id > mail.id).add_columns(OutboundMail.attempts)
    row = db.session.execute(later.order_by(OutboundMail.id).limit(1)).first()
    return row.id if row and not row.attempts else None


def _queued_with(mail: OutboundMail) -> Select[int]:
    return select(OutboundMail.id).where(
        OutboundMail.conversation == mail.conversation, OutboundMail.state == State.QUEUED
    )


def _note(mail_id: int, answer: Answer | None, done: Round) -> int | None:
    mail = db.session.get_one(OutboundMail, mail_id)
    if answer is None:
        note_sent(mail)
        done.anything_left = True
    else:
        note_trouble(mail, answer)
        _log(mail, answer)
    if mail.state is State.QUEUED:
        done.again[mail_id] = timedelta(seconds=seconds_to_next_try(mail.attempts))
        return None
    return _follower(mail)


def _log(mail: OutboundMail, answer: Answer) -> None:
    facts = {"mail": mail.id, "code": answer.code, "attempts": mail.attempts}
    said = (
        "state unknown, to be sent again" if answer.fate is Fate.UNKNOWN else "mail did not leave"
    )
    log.warning(said, extra=facts)
