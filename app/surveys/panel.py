"""What a ticket's page shows of its ratings, to staff."""

from flask import render_template
from markupsafe import Markup

from app.accounts.user import Person, User
from app.surveys.forms import FACES
from app.surveys.queries import ratings_by, ratings_of
from app.tickets.access import RULES, Act
from app.tickets.ticket import Ticket


def show_ratings(ticket: Ticket, user: Person) -> Markup:
    """The ratings of the ticket, for staff."""
    if not RULES[Act.SEE_NOTES](user, ticket):
        return Markup("")
    html = render_template("surveys/_panel.html", ratings=ratings_of(ticket.id), faces=FACES)
    return Markup(html)  # noqa: S704 - a template's own output


def show_ratings_of(person: User) -> Markup:
    """The last ratings that somebody gave, for staff; nothing where there are none."""
    if not (ratings := ratings_by(person.id)):
        return Markup("")
    html = render_template("surveys/_panel.html", ratings=ratings, faces=FACES)
    return Markup(html)  # noqa: S704 - a template's own output
