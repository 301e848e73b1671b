"""What a ticket's page says of figures, to those who may read them."""

from markupsafe import Markup

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.core.web.templating import kept_part
from app.tickets.ticket import Ticket


def show_way(ticket: Ticket, user: Person) -> Markup:
    """The way to the page that tells how this ticket counts."""
    if not user.may(Permission.METRICS_READ):
        return Markup("")
    return kept_part("metrics/_panel.html", "way", ticket.id)
