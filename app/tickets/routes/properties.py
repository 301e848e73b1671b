"""The side panel: status, assignee, priority and tags in one form."""

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.core.errors import InvalidInput
from app.core.web.responses import moved_to, say
from app.tickets import access, assigning, statusing, triaging
from app.tickets.access import Act
from app.tickets.forms import PropertiesForm
from app.tickets.history import one_act
from app.tickets.routes.tickets import refused
from app.tickets.ticket import Priority, Status, Ticket


def change_properties(number: int) -> Response:
    """Change what the person changed, and nothing else."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    form = PropertiesForm()
    if not form.validate():
        return refused(ticket, properties=form)
    try:
        with one_act():
            _apply(form, ticket)
    except InvalidInput as fault:
        form.refuse(fault)
        return refused(ticket, properties=form)
    say("Saved.")
    return moved_to("tickets.show_ticket", number=number)


def _apply(form: PropertiesForm, ticket: Ticket) -> None:
    if form.changed("tags"):
        names = [name for name in form.tags.data.split(",") if name.strip()]
        triaging.set_tags(ticket, names=names, by=current_user)
    if form.changed("assignee"):
        _assign(form.assignee.data, ticket)
    if form.changed("team"):
        triaging.change_team(ticket, to=form.team.data, by=current_user)
    if form.changed("priority"):
        triaging.change_priority(ticket, to=Priority(form.priority.data), by=current_user)
    if form.changed("status"):
        statusing.change_status(ticket, to=Status(form.status.data), by=current_user)


def _assign(user_id: int | None, ticket: Ticket) -> None:
    if user_id is None:
        assigning.unassign(ticket, by=current_user)
        return
    to = people.people_by_id([user_id]).get(user_id)
    if to is None:
        raise InvalidInput("Choose somebody from the list.", field="assignee")
    assigning.assign(ticket, to=to, by=current_user)
