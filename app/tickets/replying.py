"""Writing on a ticket: public replies and internal notes."""

from collections.abc import Sequence
from datetime import timedelta

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.core.written import Written, written
from app.tickets.events import (
    AuthorKind,
    Cause,
    MessageQueued,
    MessageReceived,
    MessageReleased,
    NoteAdded,
    Writer,
)
from app.tickets.history import one_act, record
from app.tickets.message import Direction, Message, Visibility
from app.tickets.statusing import move
from app.tickets.ticket import Channel, Status, Ticket

SETTLE = timedelta(days=7)


def reply(
    ticket: Ticket,
    *,
    text: str,
    by: User,
    files: Sequence[Attachment] = (),
    channel: Channel = Channel.WEB,
    then: Status | None = None,
) -> Message:
    """Write to the other side: the requester to us, or staff to the requester.

    A requester's message opens a waiting or solved ticket again.  With a reply of staff the ticket
    goes to `then`, in the same act; None leaves it as it is, but a new ticket becomes open.
    Raises InvalidTransition on a closed ticket, or one that was solved more than seven days ago
    (see `can_continue`), or when there is no way to `then`.
    """
    said = written(text)
    if by.id == ticket.requester_id or not by.is_staff:
        return _receive(ticket, said, by=by, files=files, channel=channel)
    return _answer(ticket, said, by=by, files=files, channel=channel, then=then)


def add_note(ticket: Ticket, *, text: str, by: User, files: Sequence[Attachment] = ()) -> Message:
    """Write something that staff alone can read."""
    return _note(ticket, written(text), by=by, files=files)


def can_continue(ticket: Ticket) -> bool:
    """Whether the requester's next message belongs on this ticket, not on a follow-up of it."""
    if ticket.status is Status.CLOSED:
        return False
    return ticket.resolved_at is None or clock.now() - ticket.resolved_at <= SETTLE


@verb
def _receive(
    ticket: Ticket, said: Written, *, by: User, files: Sequence[Attachment], channel: Channel
) -> Message:
    if not can_continue(ticket):
        raise InvalidTransition("This ticket is closed. Open a new one and mention its number.")
    kind = AuthorKind.REQUESTER if by.id == ticket.requester_id else AuthorKind.PARTICIPANT
    with one_act():
        message = add_message(
            ticket, said, by=by, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.IN,
        )  # fmt: skip
        received = MessageReceived(
            ticket_id=ticket.id,
            by_id=by.id,
            message_id=message.id,
            public=True,
            author_kind=kind,
            channel=channel,
            is_auto_reply=False,
        )
        record(received, actor=kind, source=channel)
        if ticket.status not in (Status.NEW, Status.OPEN):
            move(ticket, Status.OPEN, by=by, actor=kind, cause=Cause.CUSTOMER_MESSAGE)
    return message


@verb
def _answer(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    files: Sequence[Attachment],
    channel: Channel,
    then: Status | None,
) -> Message:
    if ticket.status is Status.CLOSED:
        raise InvalidTransition("This ticket is closed and takes no more replies.")
    with one_act():
        message = add_message(
            ticket, said, by=by, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.OUT,
        )  # fmt: skip
        for fact in (MessageQueued, MessageReleased):
            sent = fact(
                ticket_id=ticket.id,
                by_id=by.id,
                message_id=message.id,
                author_kind=Writer.HUMAN,
                channel=channel,
            )
            record(sent, actor=AuthorKind.AGENT, source=channel)
        to = then or (Status.OPEN if ticket.status is Status.NEW else ticket.status)
        if to is not ticket.status:
            move(ticket, to, by=by, actor=AuthorKind.AGENT, cause=Cause.AGENT)
    return message


@verb
def _note(ticket: Ticket, said: Written, *, by: User, files: Sequence[Attachment]) -> Message:
    message = add_message(
        ticket, said, by=by, files=files, channel=Channel.WEB,
        visibility=Visibility.INTERNAL, direction=Direction.OUT,
    )  # fmt: skip
    noted = NoteAdded(ticket_id=ticket.id, by_id=by.id, message_id=message.id)
    record(noted, actor=AuthorKind.AGENT)
    return message


def add_message(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    files: Sequence[Attachment],
    channel: Channel,
    visibility: Visibility,
    direction: Direction,
) -> Message:
    """Put the message on the ticket.  Part of a verb, which records the fact that goes with it."""
    message = Message(
        ticket_id=ticket.id,
        author_id=by.id,
        visibility=visibility,
        direction=direction,
        channel=channel,
        text=said.text,
        html=said.html,
        renderer_version=said.renderer_version,
        files=list(files),
    )
    db.session.add(message)
    db.session.flush()  # the fact needs its id
    ticket.updated_at = clock.now()
    return message
