"""Watching mailboxes: a thread for each, which waits for new mail and fetches it at once.

Whatever breaks, it is tried again: soon after a cut, and more seldom where somebody has to put
something right first.
"""

import logging
import threading
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.core.settings import settings
from app.core.uow import reading
from app.mail.imap.box import Box, boxes
from app.mail.imap.looking import look, note_trouble
from app.mail.imap.session import Session
from app.mail.imap.trouble import Kind, Trouble

ROUND_S = 5
"""Between two looks at which mailboxes there are."""
SOON_S = 2
"""Until the next look while mails wait to be marked or moved."""
SELDOM_S = 300
"""Between two tries to sign in where that was refused: more would lock the account."""

log = logging.getLogger(__name__)


@dataclass
class Watch:
    """A thread that watches a mailbox, and the way to end it."""

    box: Box
    stop: threading.Event = field(default_factory=threading.Event)


def watch_mailboxes(app: Flask, stop: threading.Event) -> None:
    """Watch every mailbox that is to be fetched from, as long as it is, until told to stop."""
    watches: dict[int, Watch] = {}
    while not stop.is_set():
        try:
            with app.app_context(), reading():
                wanted = {box.id: box for box in boxes()}
            _follow(app, watches, wanted)
        except SQLAlchemyError:
            log.exception("mailboxes could not be looked up")
        stop.wait(ROUND_S)
    _follow(app, watches, {})


def _follow(app: Flask, watches: dict[int, Watch], wanted: dict[int, Box]) -> None:
    """End the watches that nobody wants any more, and begin those that are missing."""
    for mailbox_id, watch in list(watches.items()):
        if wanted.get(mailbox_id) != watch.box:
            watches.pop(mailbox_id).stop.set()
    for mailbox_id, box in wanted.items():
        if mailbox_id not in watches:
            watches[mailbox_id] = Watch(box)
            args = (app, watches[mailbox_id])
            threading.Thread(
                target=_watch, args=args, daemon=True, name=f"mailbox {mailbox_id}"
            ).start()


def _watch(app: Flask, watch: Watch) -> None:
    fails = 0
    while not watch.stop.is_set():
        try:
            with app.app_context(), Session(watch.box) as session:
                while not watch.stop.is_set():
                    fails = _look_and_wait(session, watch)
        except Trouble as trouble:
            fails += 1
            _tell(app, watch.box, trouble)
            watch.stop.wait(_pause_s(app, trouble, fails))
        except Exception:  # a thread that died would leave a mailbox without anybody to look
            fails += 1
            log.exception("a look into a mailbox broke")
            watch.stop.wait(ROUND_S)


def _look_and_wait(session: Session, watch: Watch) -> int:
    found = look(session)
    pause_s = SOON_S if found.unsettled else settings().mail_poll_every_s
    if session.tells:
        session.wait(pause_s)
    else:
        watch.stop.wait(pause_s)
    return 0


def _pause_s(app: Flask, trouble: Trouble, fails: int) -> float:
    """How long to leave a server alone; never longer than between two looks, but for sign-ins."""
    with app.app_context():
        longest = settings().mail_poll_every_s
    if trouble.kind is Kind.SIGN_IN:
        return max(SELDOM_S, longest)
    return min(2.0 ** min(fails - 1, 10), longest)


def _tell(app: Flask, box: Box, trouble: Trouble) -> None:
    try:
        with app.app_context():
            note_trouble(box, trouble)
    except SQLAlchemyError:
        log.exception("the trouble of a mailbox could not be noted")
