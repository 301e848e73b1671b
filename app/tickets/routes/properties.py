"""The side panel: status, assignee, team, priority and tags in one form."""

from flask import Response
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.web.responses import moved_to, say
from app.tickets import access, amending
from app.tickets.access import Act
from app.tickets.amending import Change, EditConflict, Property
from app.tickets.forms import PropertiesForm
from app.tickets.routes.tickets import overtaken, refused


def change_properties(number: int) -> Response:
    """Change what the person changed, and nothing else."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    form = PropertiesForm()
    if not form.validate():
        return refused(ticket, properties=form)
    changes = {each: Change(*form.change(each)) for each in Property if form.changed(each)}
    try:
        amending.amend(ticket, changes, by=current_user)
    except InvalidInput as fault:
        form.refuse(fault)
        return refused(ticket, properties=form)
    except EditConflict as fault:
        return overtaken(ticket, form, fault)
    say("Saved.")
    return moved_to("tickets.show_ticket", number=number)
