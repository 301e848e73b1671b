"""Reading mentions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from app.accounts.user import User
from app.core.db import at_most, db
from app.core.excerpts import excerpt
from app.core.web.filters import MANY
from app.tickets.mentions.mention import Mention
from app.tickets.message import Message
from app.tickets.ticket import Ticket

SNIPPET_LENGTH = 160
_ME = bindparam("me", type_=Integer)


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A line of the list; `text` is the beginning of the note."""

    message_id: int
    ticket_id: int
    subject: str
    author_id: int
    author_name: str
    text: str
    created_at: datetime
    read: bool


_ROWS = (
    select(
        Mention.message_id, Mention.ticket_id, Ticket.subject, Message.author_id, User.name,
        Message.text, Mention.created_at, Mention.read_at.is_not(None).label("read"),
    )
    .join(Message, Message.id == Mention.message_id)
    .join(Ticket, Ticket.id == Mention.ticket_id)
    .join(User, User.id == Message.author_id)
    .where(Mention.user_id == _ME)
    .order_by(Mention.message_id.desc())
    .limit(at_most(MANY))
)  # fmt: skip
UNREAD = (
    select(func.count())
    .select_from(
        select(Mention.message_id)
        .where(Mention.user_id == _ME, Mention.read_at.is_(None))
        .limit(at_most(MANY))
        .subquery()
    )
    .scalar_subquery()
)
"""How many the person `me` has not seen to, counted to `MANY` at most."""


def mentions_of(user: User) -> Sequence[MentionRow]:
    """The latest notes that call this person, at most `MANY`."""
    return [
        MentionRow(
            message_id=row.message_id,
            ticket_id=row.ticket_id,
            subject=row.subject,
            author_id=row.author_id,
            author_name=row.name,
            text=excerpt(row.text, length=SNIPPET_LENGTH),
            created_at=row.created_at,
            read=row.read,
        )
        for row in db.session.execute(_ROWS, {"me": user.id})
    ]
