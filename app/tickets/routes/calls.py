"""Phone calls about tickets."""

from flask import Response
from flask_login import current_user

from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say
from app.tickets import access, queries
from app.tickets.access import Act
from app.tickets.contacting import log_call
from app.tickets.forms import Call, CallForm, Then
from app.tickets.message import Direction
from app.tickets.routes.messages import AFTERWARDS
from app.tickets.ticket import Ticket


def new_call(number: int) -> Response:
    """The form."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    return page("tickets/call.html", **_shown(ticket, CallForm(formdata=None)))


def create_call(number: int) -> Response:
    """Write it down."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    form = CallForm()
    if form.validate():
        try:
            _log(ticket, form)
            say("Written down. Only staff can read it.")
            return moved_to("tickets.show_ticket", number=number, _anchor="latest")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("tickets/call.html", **_shown(ticket, form))


def _log(ticket: Ticket, form: CallForm) -> None:
    theirs = form.call.data == Call.THEY_CALLED
    log_call(
        ticket,
        text=form.text.data,
        by=current_user,
        direction=Direction.IN if theirs else Direction.OUT,
        reached=form.call.data != Call.NOT_REACHED,
        then=AFTERWARDS[Then(form.then.data)],
    )


def _shown(ticket: Ticket, form: CallForm) -> dict[str, object]:
    return {"ticket": ticket, "form": form, "counts": queries.counts_aside(current_user)}
