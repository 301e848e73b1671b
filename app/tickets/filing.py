"""Filing a ticket on behalf of a customer: what they told us, or what we have to tell them."""

from collections.abc import Sequence
from enum import StrEnum

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core.uow import verb
from app.core.written import Written, written
from app.tickets.contacting import put_down
from app.tickets.events import Means
from app.tickets.history import one_act
from app.tickets.message import Direction, Visibility
from app.tickets.opening import begin, normal_subject
from app.tickets.replying import reply
from app.tickets.ticket import Channel, Priority, Status, Ticket


class Origin(StrEnum):
    """How it came to us, or from us."""

    THEY_CALLED = "they_called"
    IN_PERSON = "in_person"
    WE_CALLED = "we_called"
    WE_WRITE = "we_write"


def file_ticket(
    *,
    requester: User,
    by: User,
    origin: Origin,
    subject: str,
    text: str,
    priority: Priority = Priority.NORMAL,
    files: Sequence[Attachment] = (),
) -> Ticket:
    """Open a ticket in the name of somebody else.

    What they told us is written down, and they get the link to follow it; what we write goes to them as
    a reply.  A ticket that we began is left out of the times that customers wait (METRICS.md 2.8).
    Raises InvalidInput (field `subject` or `text`).
    """
    subject, said = normal_subject(subject), written(text)
    return _file(
        said,
        requester=requester,
        by=by,
        origin=origin,
        subject=subject,
        priority=priority,
        files=files,
    )


@verb
def _file(
    said: Written,
    *,
    requester: User,
    by: User,
    origin: Origin,
    subject: str,
    priority: Priority,
    files: Sequence[Attachment],
) -> Ticket:
    ours = origin in (Origin.WE_CALLED, Origin.WE_WRITE)
    by_phone = origin in (Origin.THEY_CALLED, Origin.WE_CALLED)
    with one_act():
        ticket = begin(
            requester=requester,
            by=by,
            subject=subject,
            channel=Channel.PHONE if by_phone else Channel.WEB,
            priority=priority,
            agent_initiated=ours,
        )
        if origin is Origin.WE_WRITE:
            reply(ticket, text=said.text, by=by, files=files, then=Status.WAITING_CUSTOMER)
            return ticket
        put_down(
            ticket, said, by=by, means=Means.PHONE if by_phone else Means.IN_PERSON,
            direction=Direction.OUT if ours else Direction.IN, counts_as_reply=ours,
            visibility=Visibility.PUBLIC, files=files,
        )  # fmt: skip
    return ticket
