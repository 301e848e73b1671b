"""Filling texts with what a ticket and its people are called."""

from collections.abc import Mapping

from app.accounts import teams
from app.accounts.user import User
from app.core.settings import settings
from app.tickets.canned.placeholders import filled
from app.tickets.correspondence import desk_url
from app.tickets.ticket import Ticket


def fill(text: str, *, ticket: Ticket, by: User) -> str:
    """The text as this person would send it on this ticket, loaded with requester and assignee."""
    return filled(text, values_of(ticket, by=by))


def values_of(ticket: Ticket, *, by: User) -> Mapping[str, str]:
    """What each placeholder stands for here; empty where there is nothing."""
    return {
        "requester.name": ticket.requester.name,
        "requester.first_name": _first(ticket.requester.name),
        "requester.email": ticket.requester.email,
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "ticket.link": desk_url(ticket),
        "agent.name": by.name,
        "agent.first_name": _first(by.name),
        "assignee.name": ticket.assignee.name if ticket.assignee else "",
        "team.name": teams.team_names().get(ticket.team_id or 0, ""),
        "desk.name": settings().desk_name,
    }


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""
