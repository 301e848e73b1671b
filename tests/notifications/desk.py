"""Short words for what happens on tickets, and for what people were told."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.notifications import choosing, following
from app.notifications.notice import Notice
from app.notifications.occasion import Occasion, Way
from app.notifications.stance import Position
from app.tickets import assigning, replying
from tests.support import make


def ticket_of(agent: User, *, requester: User) -> int:
    """A ticket that this agent took."""
    with unit_of_work():
        ticket = make.ticket(requester)
        assigning.assign(ticket, to=agent, by=agent)
        return ticket.id


def write(number: int, text: str, *, by: User) -> int:
    """A message of a customer, or a public reply of staff; its id."""
    with unit_of_work():
        return replying.reply(make.ticket_numbered(number), text=text, by=by).id


def note(number: int, text: str, *, by: User) -> None:
    """An internal note."""
    with unit_of_work():
        replying.add_note(make.ticket_numbered(number), text=text, by=by)


def take(number: int, position: Position, *, by: User) -> None:
    """Follow the ticket, or mute it."""
    with unit_of_work():
        following.take(make.ticket_numbered(number), position, by=by)


def choose(user: User, occasion: Occasion, way: Way) -> None:
    """Hear of this in this way."""
    with unit_of_work():
        choosing.choose(db.session.get_one(User, user.id), {occasion: way}, source="test")


def told(user: User) -> list[str]:
    """What somebody was told, the oldest first."""
    return [each.occasion.value for each in notices(user)]


def notices(user: User) -> Sequence[Notice]:
    """The notices of somebody, the oldest first."""
    db.session.rollback()
    theirs = select(Notice).where(Notice.user_id == user.id).order_by(Notice.id)
    return db.session.scalars(theirs).all()
