"""Mail that may not be what it says: what waits, and what it is."""

from flask import Response
from flask_login import current_user

from app.core.web.responses import moved_to, page, say
from app.tickets import queries
from app.tickets.claims import claiming
from app.tickets.claims.queries import undecided


def list_claims() -> Response:
    """What waits to be looked at, the oldest first."""
    return page(
        "tickets/claims/list.html",
        claims=undecided(),
        counts=queries.inbox_counts(current_user),
    )


def file_claim(id: int) -> Response:
    """It belongs to the ticket that it names."""
    message = claiming.file_to_ticket(claiming.claim_or_404(id), by=current_user)
    say("The mail is on the ticket.")
    return moved_to("tickets.show_ticket", number=message.ticket_id, _anchor="latest")


def file_claim_and_add(id: int) -> Response:
    """It does, and so does its writer."""
    message = claiming.file_and_add(claiming.claim_or_404(id), by=current_user)
    say("The mail is on the ticket, and so is who wrote it.")
    return moved_to("tickets.show_ticket", number=message.ticket_id, _anchor="latest")


def open_claim(id: int) -> Response:
    """It is something new."""
    ticket = claiming.open_from(claiming.claim_or_404(id), by=current_user)
    say("The mail is a ticket of its own.")
    return moved_to("tickets.show_ticket", number=ticket.number)


def ignore_claim(id: int) -> Response:
    """It is nothing."""
    claiming.ignore(claiming.claim_or_404(id), by=current_user)
    say("Ignored. The mail itself is kept.")
    return moved_to("tickets.list_claims")
