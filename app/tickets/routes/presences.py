"""Who else has the ticket in front of them."""

from flask import Response, request
from flask_login import current_user

from app.core.web.responses import page
from app.tickets import access, attending
from app.tickets.access import Act


def attend_ticket(number: int) -> Response:
    """Note that this person is here, writing or not; gives who else is: a piece of a page."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    if request.form.get("left"):
        attending.leave(ticket, by=current_user)
        return Response(status=204)
    attending.attend(ticket, by=current_user, writes=bool(request.form.get("writes")))
    others = attending.others_at(ticket, besides=current_user)
    return page("tickets/_presence.html", others=others)
