"""A slot beside the conversation that rooms above fill: ratings, linked questions."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup

from app.accounts.user import Person
from app.tickets.events import TicketFact
from app.tickets.queries import MessageRow
from app.tickets.ticket import Ticket
from app.tickets.timeline import EventRow

Panel = tuple[type[TicketFact] | None, Callable[[Ticket, Person], Markup]]
"""The fact without which there is nothing to show, if there is one, and what gives the HTML."""


def init_app(app: Flask, panels: Sequence[Panel]) -> None:
    """Install what wiring lists."""
    app.extensions["ticket_panels"] = tuple(panels)


def panels_of(
    ticket: Ticket, user: Person, entries: Sequence[MessageRow | EventRow]
) -> list[Markup]:
    """What the rooms above show to this person beside a ticket to which these things happened."""
    kinds = {entry.kind for entry in entries if isinstance(entry, EventRow)}
    panels: Sequence[Panel] = current_app.extensions["ticket_panels"]
    return [show(ticket, user) for fact, show in panels if fact is None or fact.kind in kinds]
