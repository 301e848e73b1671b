"""Calling colleagues to a ticket, and seeing to it when called."""

from sqlalchemy import ColumnElement, bindparam, update

from app.accounts import people
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.core import clock
from app.core.db import Model, db
from app.core.uow import verb
from app.tickets.events import MentionAdded, MessageQueued, NoteAdded
from app.tickets.fact import AuthorKind
from app.tickets.history import record
from app.tickets.mentions.mention import Mention, mentioned_in
from app.tickets.message import Message
from app.tickets.ticket import Ticket

# Past the ORM: it goes with every message that staff write.
_READ_THERE = (
    update(Model.metadata.tables[Mention.__tablename__])
    .where(Mention.user_id == bindparam("by"), Mention.ticket_id == bindparam("there"))
    .where(Mention.read_at.is_(None))
    .values(read_at=bindparam("now"))
)


def mention(ticket: Ticket, *, note: Message, by: User) -> None:
    """Call everybody whom the note names, but its writer.  Part of the verb that adds the note."""
    staff = people.names_with(Permission.TICKETS_READ)
    for user_id in sorted(mentioned_in(note.text, staff) - {by.id}):
        db.session.add(Mention(message_id=note.id, user_id=user_id, ticket_id=ticket.id))
        called = MentionAdded(
            ticket_id=ticket.id, by_id=by.id, message_id=note.id, mentioned_id=user_id
        )
        record(called, actor=AuthorKind.AGENT)


@verb
def read_one(*, message_id: int, by: User) -> None:
    """Say that the person has seen to this mention."""
    _read(by.id, Mention.message_id == message_id)


@verb
def read_all(*, by: User) -> None:
    """Say that the person has seen to all of them."""
    _read(by.id)


def on_written(fact: NoteAdded | MessageQueued) -> None:
    """Whoever writes on a ticket has seen to being called there."""
    if fact.by_id is not None:
        values = {"by": fact.by_id, "there": fact.ticket_id, "now": clock.now()}
        db.session.execute(_READ_THERE, values)


def _read(user_id: int, *which: ColumnElement[bool]) -> None:
    unread = (Mention.user_id == user_id, Mention.read_at.is_(None), *which)
    db.session.execute(update(Mention).where(*unread).values(read_at=clock.now()))
