"""What a ticket's page says of figures, to those who may read them."""

from flask import render_template
from markupsafe import Markup

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.tickets.ticket import Ticket


def show_way(ticket: Ticket, user: Person) -> Markup:
    """The way to the page that tells how this ticket counts."""
    if not user.may(Permission.METRICS_READ):
        return Markup("")
    html = render_template("metrics/_panel.html", ticket=ticket)
    return Markup(html)  # noqa: S704 - a template's own output
