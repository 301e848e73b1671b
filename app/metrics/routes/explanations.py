"""How one ticket counts."""

from flask import Response
from flask_login import current_user

from app.core.errors import NotFound
from app.core.settings import settings
from app.core.web.responses import page
from app.metrics.explaining import explanation
from app.tickets.access import ticket_or_404


def show_explanation(number: int) -> Response:
    """The history of a ticket as figures read it, and what becomes of it."""
    ticket = ticket_or_404(number, current_user)
    if not (explained := explanation(ticket.id)):
        raise NotFound("Nothing that figures know happened to this ticket.")
    return page(
        "metrics/explanation.html",
        ticket=ticket,
        explained=explained,
        zone=settings().reporting_zone,
    )
