"""Mailboxes, and the books of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.mail.books import Books
from app.mail.mailbox import Mailbox


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A line of the list; `missing` are the first few UIDs that could not be fetched."""

    id: int
    address: str
    active: bool
    is_fetched: bool
    trouble: str
    trouble_since: datetime | None
    checked_at: datetime | None
    books: Books
    missing: Sequence[int]


MISSING_SHOWN = 20


def rows(books: Mapping[int | None, Books]) -> Sequence[MailboxRow]:
    """All of them, by address."""
    found = db.session.scalars(select(Mailbox).order_by(Mailbox.address))
    return [
        MailboxRow(
            id=mailbox.id,
            address=mailbox.address,
            active=mailbox.active,
            is_fetched=bool(mailbox.host),
            trouble=mailbox.trouble,
            trouble_since=mailbox.trouble_since,
            checked_at=mailbox.checked_at,
            books=books.get(mailbox.id, Books()),
            missing=mailbox.missing[:MISSING_SHOWN],
        )
        for mailbox in found
    ]
