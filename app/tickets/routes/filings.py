"""Tickets that staff file for customers."""

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.attachments import storing
from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say
from app.tickets import queries
from app.tickets.filing import Origin, file_ticket
from app.tickets.forms import FilingForm
from app.tickets.ticket import Priority


def new_filing() -> Response:
    """The form; the address of the customer may come along."""
    form = FilingForm(formdata=None, email=arguments.text("email", longest=254))
    return page("tickets/file.html", form=form, counts=queries.counts_aside(current_user))


def create_filing() -> Response:
    """File it; somebody who is new is met by this."""
    form = FilingForm()
    if form.validate():
        try:
            files = storing.accept(form.files.data)
            requester = people.person_for(form.email.data, name=form.name.data or "")
            ticket = file_ticket(
                requester=requester,
                by=current_user,
                origin=Origin(form.origin.data),
                subject=form.subject.data,
                text=form.text.data,
                priority=Priority(form.priority.data),
                files=files,
            )
            say(f"Filed for {requester.name}, who gets an email with the link.")
            return moved_to("tickets.show_ticket", number=ticket.number)
        except InvalidInput as fault:
            form.refuse(fault)
    counts = queries.counts_aside(current_user)
    return invalid("tickets/file.html", form=form, counts=counts)
