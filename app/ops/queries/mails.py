"""The outbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true

from app.accounts.user import Person
from app.core.db import at_most, db
from app.core.web.pages import Page
from app.mail.outbound import Kind, OutboundMail, State
from app.ops.access import may_read

ROWS = 50


class View(StrEnum):
    """The tabs of the list."""

    ALL = "all"
    KEPT = "kept"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MailRow:
    """A line of the list; no subject where the reader may not read the mail."""

    id: int
    to_address: str
    subject: str | None
    kind: Kind
    state: State
    last_error: str
    created_at: datetime


def mails(view: View, *, address: str, before: int, reader: Person) -> Page[MailRow]:
    """A page of the outbox, the newest first; of mails to addresses that begin with `address`."""
    columns = (
        OutboundMail.id,
        OutboundMail.to_address,
        OutboundMail.subject,
        OutboundMail.kind,
        OutboundMail.state,
        OutboundMail.last_error,
        OutboundMail.created_at,
    )
    found = select(*columns).where(_in_view(view), _to(address), _older_than(before))
    rows = db.session.execute(found.order_by(OutboundMail.id.desc()).limit(at_most(ROWS + 1))).all()
    items = [
        MailRow(
            id=row.id,
            to_address=row.to_address,
            subject=row.subject if may_read(row.kind, reader) else None,
            kind=row.kind,
            state=row.state,
            last_error=row.last_error,
            created_at=row.created_at,
        )
        for row in rows[:ROWS]
    ]
    return Page(items=items, after=str(items[-1].id) if len(rows) > ROWS else None)


def _in_view(view: View) -> ColumnElement[bool]:
    return true() if view is View.ALL else OutboundMail.state == State(view.value)


def _to(address: str) -> ColumnElement[bool]:
    if not address:
        return true()
    return OutboundMail.to_address.istartswith(address, autoescape=True)


def _older_than(mail_id: int) -> ColumnElement[bool]:
    return OutboundMail.id < mail_id if mail_id else true()
