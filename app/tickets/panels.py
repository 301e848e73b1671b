"""A slot beside the conversation that rooms above fill: ratings, linked questions."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup

from app.accounts.user import Person
from app.tickets.ticket import Ticket

Panel = Callable[[Ticket, Person], Markup]


def init_app(app: Flask, panels: Sequence[Panel]) -> None:
    """Install what wiring lists; each gives HTML for the ticket's side column, or nothing."""
    app.extensions["ticket_panels"] = tuple(panels)


def panels_of(ticket: Ticket, user: Person) -> list[Markup]:
    """What the rooms above show beside this ticket to this person."""
    return [panel(ticket, user) for panel in current_app.extensions["ticket_panels"]]
