"""Ending a ticket as the one who asked, and going on with it."""

from flask import Response
from flask_login import current_user

from app.core.web.responses import moved_to, say
from app.tickets import access, resolving
from app.tickets.access import Act


def create_ending(number: int) -> Response:
    """It is solved."""
    ticket = access.ticket_for(Act.SETTLE, number, user=current_user)
    resolving.end(ticket, by=current_user)
    say("Marked as solved. If it comes back, you can take it up again for seven days.")
    return moved_to("tickets.show_ticket", number=number)


def create_continuation(number: int) -> Response:
    """It is not solved after all."""
    ticket = access.ticket_for(Act.SETTLE, number, user=current_user)
    resolving.continue_with(ticket, by=current_user)
    say("Open again. Add below what is still wrong.")
    return moved_to("tickets.show_ticket", number=number)
