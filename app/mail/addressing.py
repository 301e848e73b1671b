"""Whose mail it is: from an address to the mailbox that it belongs to."""

from collections.abc import Iterable

from sqlalchemy import select

from app.core.db import db
from app.core.settings import settings
from app.mail import signed_address
from app.mail.delivery import Addressee
from app.mail.mailbox import Mailbox

OURS = Addressee()
"""The desk's own address, which mail leaves from and which needs no mailbox."""


class Directory:
    """Our addresses, as they were when it was made."""

    def __init__(self) -> None:
        columns = (Mailbox.id, Mailbox.address, Mailbox.group, Mailbox.plus_addressing)
        rows = db.session.execute(select(*columns, Mailbox.active)).all()
        self._boxes = {
            row.address.lower(): (Addressee(row.id, row.group, row.active), row.plus_addressing)
            for row in rows
        }
        self._own = settings().mail_from.lower()

    def find(self, address: str) -> Addressee | None:
        """Whom mail to this address is for; None when it is none of ours.

        Without a mailbox every address is ours: the mail server in front decides what it hands on.
        """
        address = address.strip().lower()
        if not self._boxes:
            return OURS
        found, base = self._at(address), _without_plus(address)
        if found is None and base != address:
            box = self._at(base)
            if box and (box[1] or signed_address.read(address)):
                found = box
        return found[0] if found else None

    def first_of(self, addresses: Iterable[str]) -> Addressee:
        """Whom a mail is for that was sent to all of these; the desk when none is a mailbox."""
        found = (self.find(address) for address in addresses)
        return next((each for each in found if each and each.mailbox_id), OURS)

    def _at(self, address: str) -> tuple[Addressee, bool] | None:
        own = (OURS, True) if address == self._own else None
        return self._boxes.get(address, own)


def _without_plus(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
