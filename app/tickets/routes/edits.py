"""Changing what was said."""

from flask import Response
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.markdown import trusted
from app.core.web.responses import invalid, moved_to, page, say
from app.tickets import access, editing, queries
from app.tickets.access import Act
from app.tickets.forms import SubjectForm, TextForm
from app.tickets.message import Message
from app.tickets.ticket import Ticket


def show_message(number: int, id: int) -> Response:
    """One message: what it said before, and what can be done with it."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    message = editing.message_or_404(ticket, id)
    return page(
        "tickets/message.html", **_shown(ticket, message, TextForm(formdata=None, obj=message))
    )


def edit_message(number: int, id: int) -> Response:
    """Say it otherwise."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    message, form = editing.message_or_404(ticket, id), TextForm()
    if form.validate():
        try:
            editing.edit_message(message, text=form.text.data, by=current_user)
            say("Edited. What it said before is kept.")
            return moved_to("tickets.show_ticket", number=number)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/message.html", **_shown(ticket, message, form))


def redact_message(number: int, id: int) -> Response:
    """Take it out for good."""
    ticket = access.ticket_for(Act.REPLY, number, user=current_user)
    editing.redact_message(editing.message_or_404(ticket, id), by=current_user)
    say("Removed for good.")
    return moved_to("tickets.show_ticket", number=number)


def change_subject(number: int) -> Response:
    """Call the ticket something else."""
    ticket = access.ticket_for(Act.TRIAGE, number, user=current_user)
    form = SubjectForm()
    if not form.validate():
        raise InvalidInput(next(iter(form.errors.values()))[0])
    editing.change_subject(ticket, to=form.subject.data, by=current_user)
    say("Saved.")
    return moved_to("tickets.show_ticket", number=number)


def _shown(ticket: Ticket, message: Message, form: TextForm) -> dict[str, object]:
    return {
        "ticket": ticket,
        "message": message,
        "form": form,
        "body": trusted(message.html),
        "versions": [
            (each.replaced_at, trusted(each.html)) for each in editing.versions_of(message)
        ],
        "counts": queries.counts_aside(current_user),
        "mine": message.author_id == current_user.id,
    }
