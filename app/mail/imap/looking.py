"""Looking into a mailbox: taking what is new, and tidying up behind what came to rest.

The server's own numbers (UIDVALIDITY and UID) say what is in the ledger and what is missing, so a
look that is cut anywhere, or done by two at once, loses nothing and makes nothing twice.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.db import at_most, db
from app.core.uow import begin_writing, reading, unit_of_work, verb
from app.mail.delivery import Delivery, Place
from app.mail.imap.box import Box
from app.mail.imap.session import Fetched, Session
from app.mail.imap.trouble import Kind, Trouble
from app.mail.inbound import RESTING, InboundMail, State, Way
from app.mail.mailbox import Mailbox
from app.mail.receiving import accept
from app.mail.sighting import Sighting

AT_ONCE = 500
"""Mails that are tidied up in one go."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """What a look brought: mails taken, UIDs that could not be, and mails that do not rest yet."""

    taken: int
    missing: int
    unsettled: int


def look(session: Session) -> Look:
    """Tidy up, then take what is new until nothing is.  Raises Trouble."""
    _tidy(session)
    taken, missing = 0, _missing(session)
    _note_missing(session.box, missing)
    while missing:
        left = [uid for uid in missing if not _take(session, uid)]
        taken += len(missing) - len(left)
        missing = _missing(session)
        if set(missing) <= set(left):  # what cannot be had now is looked for again at the next look
            break
    _note_look(session.box, missing)
    return Look(taken, len(missing), _unsettled(session))


def note_trouble(box: Box, trouble: Trouble) -> None:
    """Write down why its mail cannot be fetched, and since when."""
    log.warning("mailbox in trouble", extra={"mailbox": box.id, "kind": trouble.kind})
    with unit_of_work():
        _note_trouble(box.id, trouble.words)


def _missing(session: Session) -> list[int]:
    """UIDs on the server that the ledger does not know."""
    there = session.uids()
    with reading():
        known = set(db.session.scalars(select(Sighting.uid).where(*_here(session))))
    return session.uids_of_late([uid for uid in there if uid not in known])


def _take(session: Session, uid: int) -> bool:
    """Fetch and accept one mail.  What is not stored stays unread on the server."""
    fetched = session.fetch(uid)
    if fetched is None:
        return False
    try:
        with unit_of_work():
            accept(fetched.raw, _delivery(session, fetched))
    except (OSError, SQLAlchemyError) as fault:
        raise Trouble(Kind.STORAGE, f"A mail could not be stored: {_said(fault)}") from fault
    return True


def _delivery(session: Session, fetched: Fetched) -> Delivery:
    box, place = session.box, Place(session.box.folder, session.uid_validity, fetched.uid)
    return Delivery(
        way=Way.IMAP,
        addressee=box.addressee,
        mark=f"{box.id} {place.folder} {place.uid_validity} {place.uid}",
        place=place,
    )


def _tidy(session: Session) -> None:
    """Mark or move what came to rest since the last look."""
    box = session.box
    with reading():
        rows = db.session.execute(
            select(Sighting.id, Sighting.uid, InboundMail.state)
            .join(InboundMail, InboundMail.id == Sighting.inbound_id)
            .where(*_here(session), Sighting.tidied_at.is_(None), InboundMail.state.in_(RESTING))
            .order_by(Sighting.id)
            .limit(at_most(AT_ONCE))
        ).all()
    done = [row.uid for row in rows if row.state is not State.QUARANTINED]
    trouble = [row.uid for row in rows if row.state is State.QUARANTINED]
    _put_away(session, done, box.done_folder)
    _put_away(session, trouble, box.trouble_folder)
    if rows:
        with unit_of_work():
            _note_tidied([row.id for row in rows])


def _put_away(session: Session, uids: Sequence[int], folder: str) -> None:
    if not uids:
        return
    session.mark_seen(uids)
    if folder and folder != session.box.folder:
        session.move(uids, folder)


def _unsettled(session: Session) -> int:
    """How many are in the ledger and neither marked nor moved; at most as many as one go takes."""
    waiting = select(Sighting.id).where(*_here(session), Sighting.tidied_at.is_(None))
    with reading():
        return len(db.session.scalars(waiting.limit(at_most(AT_ONCE))).all())


def _here(session: Session) -> tuple[ColumnElement[bool], ...]:
    return (
        Sighting.mailbox_id == session.box.id,
        Sighting.folder == session.box.folder,
        Sighting.uid_validity == session.uid_validity,
    )


@verb
def _note_tidied(sighting_ids: Iterable[int]) -> None:
    tidied = update(Sighting).where(Sighting.id.in_(sighting_ids))
    db.session.execute(tidied.values(tidied_at=clock.now()))


def _note_missing(box: Box, missing: list[int]) -> None:
    """What is waiting on the server, before it is fetched: a look that is cut leaves it written."""
    if not missing:
        return
    with unit_of_work():
        begin_writing()
        db.session.execute(update(Mailbox).where(Mailbox.id == box.id).values(missing=missing))


def _note_look(box: Box, missing: list[int]) -> None:
    with unit_of_work():
        begin_writing()
        fine = {"checked_at": clock.now(), "trouble": "", "trouble_since": None}
        looked = update(Mailbox).where(Mailbox.id == box.id)
        db.session.execute(looked.values(missing=missing, **fine))


@verb
def _note_trouble(mailbox_id: int, words: str) -> None:
    mailbox = db.session.get(Mailbox, mailbox_id)
    if mailbox:
        mailbox.trouble = words
        mailbox.trouble_since = mailbox.trouble_since or clock.now()


def _said(fault: Exception) -> str:
    return str(getattr(fault, "orig", None) or fault)
