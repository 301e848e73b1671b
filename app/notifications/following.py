"""Following a ticket, and muting it: hearing more of it than is one's own to hear, or nothing."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, bindparam, delete, select

from app.accounts.user import User
from app.core import clock
from app.core.db import db, insert_into
from app.core.uow import verb
from app.notifications.occasion import CATALOGUE, Occasion
from app.notifications.stance import Position, Stance
from app.tickets.ticket import Ticket


@verb
def take(ticket: Ticket, position: Position, *, by: User) -> None:
    """Follow the ticket or mute it, whichever it was before."""
    row = {"ticket_id": ticket.id, "user_id": by.id, "position": position}
    adding = insert_into(Stance).values(**row, created_at=clock.now())
    db.session.execute(
        adding.on_conflict_do_update(
            index_elements=["ticket_id", "user_id"], set_={"position": position}
        )
    )


@verb
def take_none(ticket: Ticket, *, by: User) -> None:
    """Neither follow it nor mute it any longer."""
    db.session.execute(delete(Stance).where(*_of(ticket.id, by.id)))


def position_of(user: User, ticket_id: int) -> Position | None:
    """Whether this person follows or mutes the ticket."""
    return db.session.scalar(_POSITION, {"ticket": ticket_id, "user": user.id})


def positions(ticket_id: int) -> dict[int, Position]:
    """The positions of everybody who has taken one, by their ids."""
    rows = select(Stance.user_id, Stance.position).where(Stance.ticket_id == ticket_id)
    return {row.user_id: row.position for row in db.session.execute(rows)}


def without_muting(occasion: Occasion, ids: Iterable[int], ticket_id: int | None) -> list[int]:
    """These people, but for those who want to hear nothing like this of the ticket."""
    if ticket_id is None or CATALOGUE[occasion].through_mute:
        return list(ids)
    taken = positions(ticket_id)
    return [each for each in ids if taken.get(each) is not Position.MUTES]


def muted_by(user: User) -> set[int]:
    """The ids of the tickets that this person has muted."""
    rows = select(Stance.ticket_id).where(
        Stance.user_id == user.id, Stance.position == Position.MUTES
    )
    return set(db.session.scalars(rows))


# Made once: making a statement costs more than running it.
_POSITION = select(Stance.position).where(
    Stance.ticket_id == bindparam("ticket"), Stance.user_id == bindparam("user")
)


def _of(ticket_id: int, user_id: int) -> tuple[ColumnElement[bool], ...]:
    return Stance.ticket_id == ticket_id, Stance.user_id == user_id
