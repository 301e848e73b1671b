"""What customers do: see their tickets, open new ones."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from app.accounts import organisations, people
from app.accounts.user import Person
from app.attachments import storing
from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle
from app.tickets.forms import TicketForm, VisitorTicketForm
from app.tickets.opening import open_ticket
from app.tickets.own import queries
from app.tickets.own.queries import Pile
from app.tickets.own.suggesting import suggestions

HOUR_S = 3600
LONGEST = 200
CHECK = "check"
"""The button that looks for answers before anything is sent."""


def list_own() -> Response:
    """My tickets: a pile of them, or those that hold some words."""
    pile = arguments.choice("pile", Pile.OPEN)
    text, after = arguments.text("q", longest=LONGEST), arguments.text("after", longest=200)
    if text:
        rows = queries.found_tickets(text, current_user, after=after)
    else:
        rows = queries.own_tickets(pile, current_user, after=after)
    return page(
        "tickets/list_own.html",
        pile=pile,
        text=text,
        rows=rows,
        counts=queries.own_counts(current_user),
        organisation=organisations.shared_name(current_user),
    )


def new_ticket() -> Response:
    """The form; the subject may come along from a search without a result."""
    form = _form(subject=arguments.text("subject", longest=300))
    return page("tickets/new.html", **_shown(form))


def list_suggestions() -> Response:
    """What may spare a new ticket, while its subject is typed."""
    subject = arguments.text("subject", longest=LONGEST)
    return page("tickets/_suggestions.html", suggested=suggestions(subject, _person()))


def create_ticket() -> Response:
    """File it.  A visitor is told to look for the mail; the answer never says who has an account."""
    form = _form()
    if CHECK in request.form:
        return page("tickets/new.html", asked=True, **_shown(form))
    if not form.validate():
        return invalid("tickets/new.html", **_shown(form))
    visitor = current_user.is_anonymous
    if visitor:
        throttle("open ticket", request.remote_addr or "", limit=20, per_s=HOUR_S)
        throttle("open ticket for", form.email.data.strip(), limit=10, per_s=HOUR_S)
    try:
        files = storing.accept(form.files.data)
        requester = current_user
        if visitor:
            requester = people.person_for(form.email.data, name=form.name.data)
        ticket = open_ticket(
            requester=requester, subject=form.subject.data, text=form.text.data, files=files
        )
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("tickets/new.html", **_shown(form))
    if visitor:
        return moved_to("tickets.show_received")
    return moved_to("tickets.show_ticket", number=ticket.number)


def show_received() -> Response:
    """What a visitor sees after sending."""
    return page("tickets/received.html")


def _shown(form: TicketForm) -> dict[str, Any]:
    return {"form": form, "suggested": suggestions(form.subject.data or "", _person())}


def _person() -> Person:
    """Whoever is there; the search asks what kind of person it is."""
    person: Person = current_user._get_current_object()
    return person


def _form(**values: str) -> TicketForm:
    kind = VisitorTicketForm if current_user.is_anonymous else TicketForm
    return kind(data=values) if values else kind()
