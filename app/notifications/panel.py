"""What a ticket's page shows to staff of what they hear of it, and how to change that."""

from markupsafe import Markup

from app.accounts.user import Person, User
from app.core.web.templating import kept_part
from app.notifications.following import position_of
from app.tickets.access import RULES, Act
from app.tickets.ticket import Ticket


def show_stance(ticket: Ticket, user: Person) -> Markup:
    """Follow and mute."""
    if not isinstance(user, User) or not RULES[Act.SEE_NOTES](user, ticket):
        return Markup("")
    position = position_of(user, ticket.id)
    return kept_part("notifications/_stance.html", "stance", ticket.number, position)
