"""Solving a ticket, and taking it up again."""

from flask import Response
from flask_login import current_user

from app.core.web.responses import moved_to, say
from app.tickets import access, resolving
from app.tickets.access import Act


def create_resolution(number: int) -> Response:
    """Mark solved; the requester gets a mail."""
    ticket = access.ticket_for(Act.RESOLVE, number, user=current_user)
    resolving.resolve(ticket, by=current_user)
    say(f"Solved. {ticket.requester.name} gets an email.")
    return moved_to("tickets.show_ticket", number=number)


def create_reopening(number: int) -> Response:
    """Take it up again."""
    ticket = access.ticket_for(Act.RESOLVE, number, user=current_user)
    resolving.reopen(ticket, by=current_user)
    say("Open again.")
    return moved_to("tickets.show_ticket", number=number)
