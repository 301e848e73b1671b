"""Keeping what somebody has begun to write, until it is sent or thrown away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, select

from app.accounts.user import User
from app.core import clock
from app.core.db import Model, at_most, db, insert_into
from app.core.uow import verb
from app.core.web.filters import MANY
from app.tickets.access import visible
from app.tickets.draft import LONGEST, Draft
from app.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A line of the list of drafts."""

    ticket_id: int
    subject: str
    kind: str
    text: str
    updated_at: datetime


_OF = select(Draft.kind, Draft.text, Draft.updated_at).where(
    Draft.user_id == bindparam("person", type_=Integer),
    Draft.ticket_id == bindparam("ticket", type_=Integer),
)

# Past the ORM, as `_OF` is: it goes with every message that staff write.
_DELETE = delete(Model.metadata.tables[Draft.__tablename__]).where(
    Draft.user_id == bindparam("person"), Draft.ticket_id == bindparam("ticket")
)


def draft_of(ticket: Ticket, user: User) -> Draft | None:
    """What this person has begun to write here."""
    row = db.session.execute(_OF, {"person": user.id, "ticket": ticket.id}).one_or_none()
    return Draft(kind=row.kind, text=row.text, updated_at=row.updated_at) if row else None


def drafts_of(user: User) -> list[DraftRow]:
    """What this person has begun to write, on tickets they may see, the latest first."""
    rows = select(Draft.ticket_id, Ticket.subject, Draft.kind, Draft.text, Draft.updated_at)
    mine = rows.join(Ticket, Ticket.id == Draft.ticket_id).where(Draft.user_id == user.id)
    latest = mine.where(visible(user)).order_by(Draft.updated_at.desc()).limit(at_most(MANY))
    return [DraftRow(*row) for row in db.session.execute(latest)]


@verb
def keep_draft(ticket: Ticket, *, kind: str, text: str, by: User) -> None:
    """Let this be the person's draft here; nothing but blanks is none.  Cut at 30,000 characters."""
    if not text.strip():
        _delete(ticket.id, by.id)
        return
    now = clock.now()
    new = {"kind": kind, "text": text[:LONGEST], "updated_at": now}
    added = insert_into(Draft).values(user_id=by.id, ticket_id=ticket.id, **new)
    db.session.execute(
        added.on_conflict_do_update(index_elements=["user_id", "ticket_id"], set_=new)
    )


@verb
def discard_draft(ticket: Ticket, *, by: User) -> None:
    """Throw away what this person has begun to write here."""
    _delete(ticket.id, by.id)


@verb
def give_back(ticket: Ticket, *, kind: str, text: str, to: User) -> None:
    """Let a text that was not sent be a draft again, in front of what was begun meanwhile."""
    begun = draft_of(ticket, to)
    both = f"{text}\n\n{begun.text}" if begun else text
    keep_draft(ticket, kind=kind, text=both, by=to)


def _delete(ticket_id: int, user_id: int) -> None:
    db.session.execute(_DELETE, {"person": user_id, "ticket": ticket_id})
