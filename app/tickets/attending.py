"""Being at a ticket: said by open pages every few seconds, forgotten soon after they are closed."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Integer, bindparam, delete, select

from app.accounts.user import User
from app.core import clock
from app.core.db import UtcDateTime, at_most, db, insert_into
from app.core.uow import verb
from app.tickets.presence import Presence
from app.tickets.ticket import Ticket

LASTS = timedelta(seconds=35)
"""Pages say it every ten seconds; whoever was not heard of for so long is gone."""
MOST = 5


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else at the ticket."""

    id: int
    name: str
    writes: bool


@verb
def attend(ticket: Ticket, *, by: User, writes: bool) -> None:
    """Note that this person has the ticket in front of them."""
    new = {"writes": writes, "seen_at": clock.now()}
    added = insert_into(Presence).values(ticket_id=ticket.id, user_id=by.id, **new)
    db.session.execute(
        added.on_conflict_do_update(index_elements=["ticket_id", "user_id"], set_=new)
    )


@verb
def leave(ticket: Ticket, *, by: User) -> None:
    """Note that they have closed it."""
    here = (Presence.ticket_id == ticket.id, Presence.user_id == by.id)
    db.session.execute(delete(Presence).where(*here))


def others_at(ticket: Ticket, *, besides: User) -> list[Other]:
    """Who else is there now, five at most, those who write first."""
    values = {"ticket": ticket.id, "me": besides.id, "since": clock.now() - LASTS}
    return [Other(*row) for row in db.session.execute(_OTHERS, values)]


@verb
def forget_absent() -> None:
    """Delete what old pages said."""
    db.session.execute(delete(Presence).where(Presence.seen_at < clock.now() - LASTS))


_OTHERS = (
    select(User.id, User.name, Presence.writes)
    .join(User, User.id == Presence.user_id)
    .where(
        Presence.ticket_id == bindparam("ticket", type_=Integer),
        Presence.user_id != bindparam("me", type_=Integer),
        Presence.seen_at > bindparam("since", type_=UtcDateTime),
    )
    .order_by(Presence.writes.desc(), User.name)
    .limit(at_most(MOST))
)
