"""One ticket, for staff or for the person who asked."""

from collections.abc import Mapping

from flask import Response, render_template
from flask_login import current_user

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.core.settings import settings
from app.core.web import arguments
from app.core.web.nonsense import LARGEST_ID
from app.core.web.responses import page
from app.tickets import access, queries
from app.tickets.access import RULES, Act
from app.tickets.amending import EditConflict, Property
from app.tickets.beside import beside
from app.tickets.canned.queries import canned_replies
from app.tickets.forms import FollowForm, MessageForm, PropertiesForm
from app.tickets.inbox.looking import neighbours
from app.tickets.macros.queries import macros
from app.tickets.own.page import own_page
from app.tickets.panels import panels_of
from app.tickets.queries import MessageRow
from app.tickets.ticket import Priority, Status, Ticket
from app.tickets.timeline import folded, recorded, told


def show_ticket(number: int) -> Response:
    """The ticket's page."""
    return page_of(access.ticket_or_404(number, current_user))


def show_history(number: int) -> Response:
    """Everything that was ever done to the ticket: who, when, and through which door."""
    ticket = access.ticket_for(Act.SEE_NOTES, number, user=current_user)
    after = arguments.integer("after", default=0, at_least=0, at_most=LARGEST_ID)
    return page(
        "tickets/history.html",
        ticket=ticket,
        facts=recorded(ticket, after=after),
        counts=queries.counts_aside(current_user),
    )


def page_of(
    ticket: Ticket,
    *,
    message: FollowForm | None = None,
    properties: PropertiesForm | None = None,
    seen: int | None = None,
    present: Mapping[Property, str] | None = None,
) -> Response:
    """The page, with the form that was refused, if one was.

    `seen` is the latest message that the writer of a stale reply had before them; `present` holds
    the properties that others have changed since the form was shown.
    """
    user = current_user._get_current_object()  # a proxy looks for the person at every touch
    if not RULES[Act.SEE_NOTES](user, ticket):
        return own_page(ticket, user, message=message)
    entries = told(ticket, user)
    found = beside(ticket, user)
    draft = None if message else found.draft
    form = message or MessageForm(formdata=None, obj=draft)
    html = render_template(
        "tickets/show.html",
        ticket=ticket,
        tags=", ".join(ticket.tag_names),
        entries=entries,
        shown=folded(entries),
        deliveries=queries.deliveries(each for each in entries if isinstance(each, MessageRow)),
        neighbours=neighbours(ticket, user),
        form=form,
        draft=draft,
        latest=max((each.id for each in entries if isinstance(each, MessageRow)), default=0),
        seen=seen,
        present=present or {},
        zone=settings().reporting_zone,
        properties=properties,
        statuses=[each for each in Status if each is ticket.status or ticket.can_enter(each)],
        priorities=list(Priority),
        agents=people.names_with(Permission.TICKETS_REPLY),
        teams=teams.team_names(),
        canned=canned_replies(user),
        macros=macros(user),
        proposals=found.proposals,
        panels=panels_of(ticket, user, entries),
        counts=queries.counts_aside(user),
        may={act.name: rule(user, ticket) for act, rule in RULES.items()},
    )
    return Response(html)


def stale(ticket: Ticket, form: FollowForm) -> Response:
    """The page with what was written meanwhile, and the reply that did not know of it, 409."""
    response = page_of(ticket, message=form, seen=form.seen.data)
    response.status_code = 409
    return response


def overtaken(ticket: Ticket, form: PropertiesForm, fault: EditConflict) -> Response:
    """The page with what others changed meanwhile beside what the person chose, 409."""
    response = page_of(ticket, properties=form, present=fault.present)
    response.status_code = 409
    return response


def refused(
    ticket: Ticket, *, message: FollowForm | None = None, properties: PropertiesForm | None = None
) -> Response:
    """The page with a refused form, 422: nothing was changed."""
    response = page_of(ticket, message=message, properties=properties)
    response.status_code = 422
    return response
