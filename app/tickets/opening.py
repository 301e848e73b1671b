"""Opening a ticket."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import made_here, verb
from app.core.written import Written
from app.tickets.events import AuthorKind, Match, MessageReceived, TicketCreated
from app.tickets.history import one_act, record
from app.tickets.mailed import Mailed
from app.tickets.message import Direction, Message, Visibility
from app.tickets.replying import add_message, can_continue, reply, said_in
from app.tickets.tag import normal_name, tag_named
from app.tickets.ticket import Channel, Priority, Status, Ticket

LONGEST_SUBJECT = 300


def open_ticket(
    *,
    requester: User,
    subject: str,
    text: str,
    files: Sequence[Attachment] = (),
    channel: Channel = Channel.WEB,
    priority: Priority = Priority.NORMAL,
    tags: Sequence[str] = (),
    follow_up_of: Ticket | None = None,
    mail: Mailed | None = None,
) -> Ticket:
    """File what somebody asks, perhaps by `mail`.

    Raises InvalidInput (field `subject` or `text`) when there is nothing.
    """
    return _open(
        said_in(text, mail), requester=requester, subject=normal_subject(subject), files=files,
        channel=channel, priority=priority, tags=tags, follow_up_of=follow_up_of, mail=mail,
    )  # fmt: skip


def follow_up(
    ticket: Ticket,
    *,
    requester: User,
    subject: str,
    text: str,
    files: Sequence[Attachment],
    mail: Mailed,
) -> Message:
    """Go on with a ticket that takes no more messages, on one that refers to it; gives its message.

    Whoever goes on with the same twice goes on with the first.
    """
    going_on = select(Ticket).where(
        Ticket.follow_up_of_id == ticket.id, Ticket.requester_id == requester.id
    )
    last = db.session.scalar(going_on.order_by(Ticket.id.desc()).limit(1))
    if last is not None and can_continue(last):
        return reply(last, text=text, by=requester, files=files, channel=Channel.MAIL, mail=mail)
    opened = open_ticket(
        requester=requester, subject=subject, text=text, files=files, channel=Channel.MAIL,
        follow_up_of=ticket, mail=mail,
    )  # fmt: skip
    return db.session.scalars(select(Message).where(Message.ticket_id == opened.id)).one()


def normal_subject(subject: str) -> str:
    """The subject in one line.  Raises InvalidInput (field `subject`) for none and for a very long one."""
    subject = " ".join(subject.split())
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise InvalidInput(f"A subject has 1 to {LONGEST_SUBJECT} characters.", field="subject")
    return subject


@verb
def _open(
    said: Written,
    *,
    requester: User,
    subject: str,
    files: Sequence[Attachment],
    channel: Channel,
    priority: Priority,
    tags: Sequence[str],
    follow_up_of: Ticket | None,
    mail: Mailed | None,
) -> Ticket:
    with one_act():
        ticket = begin(
            requester=requester, by=requester, subject=subject, channel=channel,
            priority=priority, tags=tags, follow_up_of=follow_up_of, mail=mail,
        )  # fmt: skip
        message = add_message(
            ticket, said, by=requester, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.IN, mail=mail,
        )  # fmt: skip
        received = MessageReceived(
            ticket_id=ticket.id,
            by_id=requester.id,
            message_id=message.id,
            public=True,
            author_kind=AuthorKind.REQUESTER,
            channel=channel,
            is_auto_reply=False,
            match=mail.match if mail else Match.FORM,
        )
        at = mail.at if mail else None
        record(received, actor=AuthorKind.REQUESTER, source=channel, occurred_at=at)
    return ticket


def begin(
    *,
    requester: User,
    by: User,
    subject: str,
    channel: Channel,
    priority: Priority,
    tags: Sequence[str] = (),
    follow_up_of: Ticket | None = None,
    agent_initiated: bool = False,
    mail: Mailed | None = None,
) -> Ticket:
    """A ticket on which nothing is said yet, and the fact that it exists.  Part of a verb."""
    now = mail.at if mail else clock.now()
    names = sorted({normal_name(tag) for tag in tags})
    ticket = Ticket(
        subject=subject,
        status=Status.NEW,
        priority=priority,
        channel=channel,
        requester=requester,
        follow_up_of_id=follow_up_of.id if follow_up_of else None,
        tags=[tag_named(name) for name in names],
        created_at=now,
        updated_at=now,
    )
    db.session.add(ticket)
    db.session.flush()  # facts and the first message need its number
    made_here(ticket)
    created = TicketCreated(
        ticket_id=ticket.id,
        by_id=by.id,
        channel=channel,
        status=ticket.status,
        priority=priority,
        requester_id=requester.id,
        assignee_id=None,
        tags=names,
        agent_initiated=agent_initiated,
        requester_is_agent=requester.is_staff,
        follow_up_of=ticket.follow_up_of_id,
        times_trusted=True,
        on_behalf_of=requester.id if by is not requester else None,
        quiet=mail is not None and mail.quiet,
        organisation_id=requester.organisation_id,
    )
    actor = AuthorKind.REQUESTER if by is requester else AuthorKind.AGENT
    record(created, actor=actor, source=channel, occurred_at=mail.at if mail else None)
    return ticket
