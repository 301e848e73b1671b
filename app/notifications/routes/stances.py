"""Following a ticket, and muting it."""

from flask import Response
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.web.responses import moved_to, say
from app.notifications import following
from app.notifications.forms import StanceForm
from app.notifications.stance import Position
from app.tickets import access
from app.tickets.access import Act

SAID = {
    Position.FOLLOWS: "You follow this ticket.",
    Position.MUTES: "Muted. You hear of it only when a colleague mentions you or gives it to you.",
    None: "You hear of this ticket what is yours to hear.",
}


def create_stance(number: int) -> Response:
    """Follow it, mute it, or neither."""
    ticket = access.ticket_for(Act.SEE_NOTES, number, user=current_user)
    form = StanceForm()
    if not form.validate():
        raise InvalidInput("Follow the ticket or mute it.")
    chosen = None if form.position.data == "none" else Position(form.position.data)
    if chosen:
        following.take(ticket, chosen, by=current_user)
    else:
        following.take_none(ticket, by=current_user)
    say(SAID[chosen])
    return moved_to("tickets.show_ticket", number=number)
