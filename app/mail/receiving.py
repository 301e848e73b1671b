"""Taking mail in: its bytes first, on the disk for certain; then the ledger, once for each mail.

Whoever brings a mail may forget it as soon as the unit of work in which it was accepted is
committed, and not before.
"""

import io
import logging
from dataclasses import dataclass

from sqlalchemy import select

from app.core import clock, storage
from app.core.db import db, insert_into
from app.core.storage import Stored
from app.core.uow import verb
from app.mail import jobs
from app.mail.delivery import Delivery, Place
from app.mail.heading import Heading, heading_of
from app.mail.inbound import InboundMail
from app.mail.sighting import Sighting

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Accepted:
    """The mail in the ledger, and whether it came for the first time."""

    mail_id: int
    is_new: bool


def accept(raw: bytes, delivery: Delivery) -> Accepted:
    """Keep a mail, note that it came, and have it read, if it is not here already.

    Raises OSError when the disk refuses it.
    """
    stored = storage.put(io.BytesIO(raw))
    return _enter(stored, heading_of(raw, mark=delivery.mark), delivery)


@verb
def _enter(stored: Stored, heading: Heading, delivery: Delivery) -> Accepted:
    """The row of the ledger, of the mails that are the same only one: a unique index decides."""
    entry = insert_into(InboundMail).values(
        mailbox_id=delivery.addressee.mailbox_id,
        mailbox_group=delivery.addressee.group,
        way=delivery.way,
        sha256=stored.sha256,
        fingerprint=heading.fingerprint,
        bytes=stored.bytes,
        envelope_from=delivery.envelope_from[:320],
        envelope_to=delivery.envelope_to[:320],
        message_id=_cut(heading.message_id or "", 250) or None,
        from_address=_cut(heading.from_address, 320),
        subject=_cut(heading.subject, 300),
    )
    entered = db.session.scalar(entry.on_conflict_do_nothing().returning(InboundMail.id))
    mail_id = entered or _the_same(heading, delivery)
    _note_sighting(mail_id, delivery)
    if entered:
        _flag_twin(entered)
        jobs.read.later(mail_id=entered, _key=jobs.reading_of(entered))
    log.info("mail came in", extra={"inbound": mail_id, "way": delivery.way, "new": bool(entered)})
    return Accepted(mail_id=mail_id, is_new=bool(entered))


def _the_same(heading: Heading, delivery: Delivery) -> int:
    same = select(InboundMail.id).where(
        InboundMail.group == delivery.addressee.group,
        InboundMail.fingerprint == heading.fingerprint,
    )
    return db.session.scalars(same).one()


def _note_sighting(mail_id: int, delivery: Delivery) -> None:
    place = delivery.place
    if place and _renumbered(mail_id, delivery, place):
        return
    seen = insert_into(Sighting).values(
        inbound_id=mail_id,
        mailbox_id=delivery.addressee.mailbox_id,
        way=delivery.way,
        envelope_from=delivery.envelope_from[:320],
        envelope_to=delivery.envelope_to[:320],
        folder=place.folder if place else None,
        uid_validity=place.uid_validity if place else None,
        uid=place.uid if place else None,
        at=clock.now(),
    )
    db.session.execute(seen.on_conflict_do_nothing())


def _renumbered(mail_id: int, delivery: Delivery, place: Place) -> bool:
    """Whether it is a mail that lay there before under another number: the server has counted anew.

    Then no other arrival is noted, and it is tidied up again.
    """
    before = select(Sighting).where(
        Sighting.inbound_id == mail_id,
        Sighting.mailbox_id == delivery.addressee.mailbox_id,
        Sighting.folder == place.folder,
    )
    found = db.session.scalars(before.order_by(Sighting.id)).all()
    stale = [each for each in found if each.uid_validity != place.uid_validity]
    if not stale or any(each.uid == place.uid for each in found if each not in stale):
        return False
    stale[0].uid_validity, stale[0].uid, stale[0].tidied_at = place.uid_validity, place.uid, None
    return True


def _flag_twin(mail_id: int) -> None:
    """Say so when another mail of the group bears the same Message-ID and says something else."""
    mail = db.session.get_one(InboundMail, mail_id)
    if mail.message_id is None:
        return
    twin = select(InboundMail.id).where(
        InboundMail.message_id == mail.message_id,
        InboundMail.group == mail.group,
        InboundMail.id != mail_id,
    )
    mail.twin_id = db.session.scalar(twin.order_by(InboundMail.id).limit(1))


def _cut(text: str, longest: int) -> str:
    """Text from outside as a column takes it."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:longest]
