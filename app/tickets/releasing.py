"""Letting held replies go, and taking them back."""

from sqlalchemy import select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.uow import read_again, verb
from app.tickets.drafting import give_back
from app.tickets.events import (
    AuthorKind,
    Cause,
    MessageCancelled,
    MessageReleased,
    Reason,
    Writer,
)
from app.tickets.history import one_act, record
from app.tickets.message import Message, is_scheduled
from app.tickets.statusing import move
from app.tickets.ticket import Status, Ticket


def held_message_or_404(ticket: Ticket, message_id: int) -> Message:
    """A reply of this ticket that waits.  Raises NotFound, also when it has left already."""
    waiting = select(Message).where(
        Message.id == message_id, Message.ticket_id == ticket.id, Message.held_until.is_not(None)
    )
    message = db.session.scalar(waiting)
    if message is None:
        raise NotFound("This reply has left already, or was taken back.")
    return message


@verb
def release(message: Message) -> None:
    """Let the reply go: the requester can read it, mail follows, the ticket moves on as was meant.

    A reply that waits no more is left alone.  On a ticket that was closed meanwhile it is taken back.
    """
    if message.held_until is None:
        return
    ticket = db.session.get_one(Ticket, message.ticket_id)
    read_again(ticket)
    if ticket.status is Status.CLOSED:
        _take_back(message, ticket, by=None, reason=Reason.CLOSED)
        return
    message.held_until, message.created_at = None, clock.now()
    ticket.updated_at = clock.now()
    with one_act():
        let_go(message, ticket, by=db.session.get_one(User, message.author_id))


@verb
def take_back(message: Message, *, by: User) -> None:
    """Undo the reply before anybody has read it; the text is its writer's draft again.

    Raises Conflict when it has left already.
    """
    if message.held_until is None:
        raise Conflict("This reply has left already.")
    ticket = db.session.get_one(Ticket, message.ticket_id)
    read_again(ticket)
    _take_back(message, ticket, by=by, reason=Reason.UNDONE)


def take_back_scheduled(ticket: Ticket) -> None:
    """Take back what was scheduled: the customer has written, so it may not fit any more.

    Part of a verb, which has the ticket locked.
    """
    waiting = select(Message).where(Message.ticket_id == ticket.id, Message.held_until.is_not(None))
    for message in db.session.scalars(waiting.with_for_update()).all():
        if is_scheduled(message.created_at, message.held_until):
            _take_back(message, ticket, by=None, reason=Reason.CUSTOMER_WROTE)


def let_go(message: Message, ticket: Ticket, *, by: User) -> None:
    """Record that the reply can be read, and move the ticket on, if there is still a way.

    Part of a verb, which has the ticket locked.
    """
    released = MessageReleased(
        ticket_id=message.ticket_id,
        by_id=message.author_id,
        message_id=message.id,
        author_kind=Writer.HUMAN,
        channel=message.channel,
    )
    record(released, actor=AuthorKind.AGENT, source=message.channel)
    then, message.then = message.then, None
    to = then or (Status.OPEN if ticket.status is Status.NEW else ticket.status)
    if to is not ticket.status and ticket.can_enter(to):
        move(ticket, to, by=by, actor=AuthorKind.AGENT, cause=Cause.AGENT)


def _take_back(message: Message, ticket: Ticket, *, by: User | None, reason: Reason) -> None:
    author = db.session.get_one(User, message.author_id)
    give_back(ticket, kind="reply", text=message.text, to=author)
    cancelled = MessageCancelled(
        ticket_id=ticket.id, by_id=by.id if by else None, message_id=message.id, reason=reason
    )
    db.session.delete(message)
    record(cancelled, actor=AuthorKind.AGENT if by else AuthorKind.SYSTEM)
