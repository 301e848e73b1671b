"""People who stood on the mails of a ticket: whether they take part."""

from flask import Response
from flask_login import current_user

from app.core.web.responses import moved_to, say
from app.tickets import access, proposing
from app.tickets.access import Act


def accept_proposal(number: int, id: int) -> Response:
    """They do."""
    ticket = access.ticket_for(Act.ADD_PEOPLE, number, user=current_user)
    person = proposing.accept(proposing.proposal_or_404(ticket, id), by=current_user)
    say(f"{person.email} gets an email with the link.")
    return moved_to("tickets.show_ticket", number=number)


def dismiss_proposal(number: int, id: int) -> Response:
    """They do not."""
    ticket = access.ticket_for(Act.ADD_PEOPLE, number, user=current_user)
    proposing.dismiss(proposing.proposal_or_404(ticket, id))
    return moved_to("tickets.show_ticket", number=number)
