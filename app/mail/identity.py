"""In whose name a mail leaves: a mailbox's, or that of the desk's own address."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.core.settings import settings
from app.mail.mailbox import Mailbox


@dataclass(frozen=True)
class Identity:
    """An address of ours, and how mail from it looks.

    `answered` says that somebody reads what is sent to it, `plus` that so does `name+anything@`.
    """

    address: str
    name: str
    signature: str = ""
    answered: bool = False
    plus: bool = False

    def spoken_by(self, person: str, *, ours: bool) -> str:
        """The name that readers see: "Ana at Tarn" for one of us, "Cleo via Tarn" for others."""
        if not person:
            return self.name
        return f"{person} {'at' if ours else 'via'} {self.name}"


def identity_of(mailbox_id: int | None) -> Identity:
    """The mailbox's; the desk's own without one, and in place of one that is out of use."""
    if mailbox_id is not None:
        mailbox = db.session.get(Mailbox, mailbox_id)
        if mailbox and mailbox.active:
            return _of(mailbox)
    own = settings().mail_from
    mailbox = db.session.scalar(select(Mailbox).where(Mailbox.address == own.lower()))
    if mailbox and mailbox.active:
        return _of(mailbox)
    return Identity(address=own, name=settings().desk_name)


def _of(mailbox: Mailbox) -> Identity:
    return Identity(
        address=mailbox.address,
        name=mailbox.display_name or settings().desk_name,
        signature=mailbox.signature,
        answered=True,
        plus=mailbox.plus_addressing,
    )
