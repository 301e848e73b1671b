"""Writing on a ticket: public replies and internal notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, InvalidTransition
from app.core.uow import verb
from app.core.written import LONGEST_TEXT as LONGEST_TEXT
from app.core.written import Written, written, written_plain
from app.tickets.events import (
    AuthorKind,
    Cause,
    Match,
    MessageQueued,
    MessageReceived,
    NoteAdded,
    Waking,
    Writer,
)
from app.tickets.history import one_act, record
from app.tickets.mailed import Mailed
from app.tickets.mentions.mentioning import mention
from app.tickets.message import Direction, Message, Visibility
from app.tickets.participating import put_in_copy, takes_part
from app.tickets.releasing import let_go, take_back_scheduled
from app.tickets.snoozing import wake
from app.tickets.statusing import move
from app.tickets.ticket import Channel, Status, Ticket, no_way

SETTLE = timedelta(days=7)


class StaleReply(Conflict):
    """Somebody else has written since the writer of a reply saw the ticket."""


def reply(
    ticket: Ticket,
    *,
    text: str,
    by: User,
    files: Sequence[Attachment] = (),
    channel: Channel = Channel.WEB,
    then: Status | None = None,
    seen: int | None = None,
    held_until: datetime | None = None,
    mail: Mailed | None = None,
) -> Message:
    """Write to the other side: the requester to us, or staff to the requester; perhaps by `mail`.

    A requester's message opens a waiting or solved ticket again; what a machine wrote for them does
    not, and may come to a closed one.  With a reply of staff the ticket
    goes to `then`, in the same act; None leaves it as it is, but a new ticket becomes open.  A reply
    that is `held_until` a time can be taken back until then, and all this happens when it is let go.
    `seen` is the latest message that its writer had before them.

    Raises InvalidTransition on a closed ticket, or one that was solved more than seven days ago
    (see `can_continue`), or when there is no way to `then`; StaleReply when somebody else has
    written after `seen`.
    """
    said = said_in(text, mail)
    if by.id == ticket.requester_id or not by.is_staff:
        return _receive(ticket, said, by=by, files=files, channel=channel, mail=mail)
    return _answer(
        ticket, said, by=by, files=files, channel=channel, then=then, seen=seen,
        held_until=held_until, mail=mail,
    )  # fmt: skip


def add_note(
    ticket: Ticket,
    *,
    text: str,
    by: User,
    files: Sequence[Attachment] = (),
    mail: Mailed | None = None,
) -> Message:
    """Write something that staff alone can read; perhaps by `mail`."""
    return _note(ticket, said_in(text, mail), by=by, files=files, mail=mail)


def said_in(text: str, mail: Mailed | None) -> Written:
    """The text, rendered: that of a mail as it was written.  Raises InvalidInput (field `text`)."""
    return written_plain(text) if mail else written(text)


def can_continue(ticket: Ticket) -> bool:
    """Whether the requester's next message belongs on this ticket, not on a follow-up of it."""
    if ticket.status is Status.CLOSED:
        return False
    return ticket.resolved_at is None or clock.now() - ticket.resolved_at <= SETTLE


@verb
def _receive(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    files: Sequence[Attachment],
    channel: Channel,
    mail: Mailed | None,
) -> Message:
    automatic = mail is not None and mail.automatic
    if not (automatic or can_continue(ticket)):
        raise InvalidTransition("This ticket is closed. Open a new one and mention its number.")
    match = mail.match if mail else Match.FORM
    kind = AuthorKind.REQUESTER if by.id == ticket.requester_id else AuthorKind.PARTICIPANT
    with one_act():
        if kind is AuthorKind.PARTICIPANT and match is not Match.CONFIRMED:
            _join(ticket, by)
        message = add_message(
            ticket, said, by=by, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.IN, mail=mail,
        )  # fmt: skip
        received = MessageReceived(
            ticket_id=ticket.id,
            by_id=by.id,
            message_id=message.id,
            public=True,
            author_kind=kind,
            channel=channel,
            is_auto_reply=automatic,
            match=match,
        )
        record(received, actor=kind, source=channel, occurred_at=mail.at if mail else None)
        if automatic:
            return message
        take_back_scheduled(ticket)
        wake(ticket, why=Waking.REPLY, by=None)
        if ticket.status not in (Status.NEW, Status.OPEN):
            move(ticket, Status.OPEN, by=by, actor=kind, cause=Cause.CUSTOMER_MESSAGE)
    return message


def _join(ticket: Ticket, person: User) -> None:
    """Whoever may see it and writes on it takes part from then on."""
    if not takes_part(person, ticket):
        put_in_copy(ticket, person, by=person)


@verb
def _answer(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    files: Sequence[Attachment],
    channel: Channel,
    then: Status | None,
    seen: int | None,
    held_until: datetime | None,
    mail: Mailed | None,
) -> Message:
    if ticket.status is Status.CLOSED:
        raise InvalidTransition("This ticket is closed and takes no more replies.")
    if then and then is not ticket.status and not ticket.can_enter(then):
        raise no_way(ticket.status, then)
    if seen is not None and _written_since(ticket, seen, by=by):
        raise StaleReply("Somebody else has written here since you opened this page.")
    with one_act():
        message = add_message(
            ticket, said, by=by, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.OUT, mail=mail,
            then=then, held_until=held_until,
        )  # fmt: skip
        queued = MessageQueued(
            ticket_id=ticket.id,
            by_id=by.id,
            message_id=message.id,
            author_kind=Writer.HUMAN,
            channel=channel,
        )
        record(queued, actor=AuthorKind.AGENT, source=channel)
        if held_until is None:
            let_go(message, ticket, by=by)
    return message


def _written_since(ticket: Ticket, seen: int, *, by: User) -> bool:
    others = select(Message.id).where(
        Message.ticket_id == ticket.id, Message.id > seen, Message.author_id != by.id
    )
    return db.session.scalar(others.limit(1)) is not None


@verb
def _note(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    files: Sequence[Attachment],
    mail: Mailed | None,
) -> Message:
    channel = Channel.MAIL if mail else Channel.WEB
    message = add_message(
        ticket, said, by=by, files=files, channel=channel,
        visibility=Visibility.INTERNAL, direction=Direction.OUT, mail=mail,
    )  # fmt: skip
    noted = NoteAdded(ticket_id=ticket.id, by_id=by.id, message_id=message.id)
    with one_act():
        record(noted, actor=AuthorKind.AGENT, source=channel)
        mention(ticket, note=message, by=by)
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
    mail: Mailed | None = None,
    then: Status | None = None,
    held_until: datetime | None = None,
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
        plain=said.plain,
        renderer_version=said.renderer_version,
        files=list(files),
        then=then,
        held_until=held_until,
    )
    if mail:
        message.inbound_mail_id, message.whole = mail.inbound_id, mail.whole
        message.automatic, message.doubtful = mail.automatic, mail.doubtful
        message.created_at = mail.at
    db.session.add(message)
    db.session.flush()  # the fact needs its id
    if not message.automatic:
        ticket.updated_at = clock.now()
    return message
