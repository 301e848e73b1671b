"""What became of the mail of a message: a lost reply again, and the whole text of a mail that came."""

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.core.errors import NotFound
from app.core.markdown import as_written
from app.core.web.responses import moved_to, page, say
from app.tickets import access, delivering, editing, queries
from app.tickets.access import Act
from app.tickets.forms import ResendForm
from app.tickets.message import Direction


def resend_message(number: int, id: int) -> Response:
    """Send a reply again that did not arrive, perhaps to the requester's right address."""
    ticket = access.ticket_for(Act.REPLY, number, user=current_user)
    message, form = editing.message_or_404(ticket, id), ResendForm()
    if message.direction is not Direction.OUT:
        raise NotFound
    if address := form.email.data:
        people.correct_address(ticket.requester, to=address, by=current_user)
    delivering.send_again(message, by=current_user)
    say("The reply is on its way again.")
    return moved_to("tickets.show_ticket", number=number, _anchor="latest")


def show_whole(number: int, id: int) -> Response:
    """The text of a mail with what it quotes; staff alone may read it."""
    ticket = access.ticket_for(Act.SEE_NOTES, number, user=current_user)
    message = editing.message_or_404(ticket, id)
    if not message.whole:
        raise NotFound("There is no more to this message.")
    return page(
        "tickets/whole.html",
        ticket=ticket,
        message=message,
        body=as_written(message.whole),
        counts=queries.counts_aside(current_user),
    )
