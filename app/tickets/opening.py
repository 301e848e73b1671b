"""Opening a ticket."""

from collections.abc import Sequence

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import made_here, verb
from app.core.written import Written, written
from app.tickets.events import AuthorKind, MessageReceived, TicketCreated
from app.tickets.history import one_act, record
from app.tickets.message import Direction, Visibility
from app.tickets.replying import add_message
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
) -> Ticket:
    """File what somebody asks.  Raises InvalidInput (field `subject` or `text`) when there is nothing."""
    subject = " ".join(subject.split())
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise InvalidInput(f"A subject has 1 to {LONGEST_SUBJECT} characters.", field="subject")
    return _open(
        written(text), requester=requester, subject=subject, files=files, channel=channel,
        priority=priority, tags=tags, follow_up_of=follow_up_of,
    )  # fmt: skip


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
) -> Ticket:
    now = clock.now()
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
    with one_act():
        record(_created(ticket, requester, names), actor=AuthorKind.REQUESTER, source=channel)
        message = add_message(
            ticket, said, by=requester, files=files, channel=channel,
            visibility=Visibility.PUBLIC, direction=Direction.IN,
        )  # fmt: skip
        received = MessageReceived(
            ticket_id=ticket.id,
            by_id=requester.id,
            message_id=message.id,
            public=True,
            author_kind=AuthorKind.REQUESTER,
            channel=channel,
            is_auto_reply=False,
        )
        record(received, actor=AuthorKind.REQUESTER, source=channel)
    return ticket


def _created(ticket: Ticket, requester: User, tags: list[str]) -> TicketCreated:
    return TicketCreated(
        ticket_id=ticket.id,
        by_id=requester.id,
        channel=ticket.channel,
        status=ticket.status,
        priority=ticket.priority,
        requester_id=requester.id,
        assignee_id=None,
        tags=tags,
        agent_initiated=False,
        requester_is_agent=requester.is_staff,
        follow_up_of=ticket.follow_up_of_id,
        times_trusted=True,
    )
