"""Writing down what was said to a customer where no message went: on the phone, or in person."""

from collections.abc import Sequence

from app.accounts.user import User
from app.attachments.attachment import Attachment
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.core.written import Written, written
from app.tickets.events import AuthorKind, Cause, ContactLogged, Means
from app.tickets.history import one_act, record
from app.tickets.message import Direction, Message, Visibility
from app.tickets.replying import add_message
from app.tickets.statusing import change_status, move
from app.tickets.ticket import Channel, Status, Ticket


def log_call(
    ticket: Ticket,
    *,
    text: str,
    by: User,
    direction: Direction,
    reached: bool,
    then: Status | None = None,
) -> Message:
    """Write down a phone call on a ticket; staff alone read it.

    A call of the customer opens a waiting or solved ticket again.  When we `reached` them by a call of
    ours it is an answer.  The ticket then goes to `then`, in the same act; None leaves it as it is.
    Raises InvalidTransition on a closed ticket, and when there is no way to `then`.
    """
    return _log(ticket, written(text), by=by, direction=direction, reached=reached, then=then)


@verb
def _log(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    direction: Direction,
    reached: bool,
    then: Status | None,
) -> Message:
    if ticket.status is Status.CLOSED:
        raise InvalidTransition("This ticket is closed. File a new one for the call.")
    inward = direction is Direction.IN
    with one_act():
        message = put_down(
            ticket, said, by=by, means=Means.PHONE, direction=direction,
            counts_as_reply=reached and not inward, visibility=Visibility.INTERNAL,
        )  # fmt: skip
        if inward and ticket.status not in (Status.NEW, Status.OPEN):
            cause = Cause.CUSTOMER_MESSAGE
            move(ticket, Status.OPEN, by=by, actor=AuthorKind.AGENT, cause=cause)
        elif reached and ticket.status is Status.NEW:
            change_status(ticket, to=Status.OPEN, by=by)
        if then is not None:
            change_status(ticket, to=then, by=by)
    return message


def put_down(
    ticket: Ticket,
    said: Written,
    *,
    by: User,
    means: Means,
    direction: Direction,
    counts_as_reply: bool,
    visibility: Visibility,
    files: Sequence[Attachment] = (),
) -> Message:
    """Put it on the ticket and record it.  Part of a verb."""
    channel = Channel.PHONE if means is Means.PHONE else Channel.WEB
    message = add_message(
        ticket,
        said,
        by=by,
        files=files,
        channel=channel,
        visibility=visibility,
        direction=direction,
    )
    logged = ContactLogged(
        ticket_id=ticket.id,
        by_id=by.id,
        message_id=message.id,
        channel=means,
        direction=direction,
        counts_as_reply=counts_as_reply,
    )
    record(logged, actor=AuthorKind.AGENT)
    return message
