"""Writing on a ticket."""

from flask import Response
from flask_login import current_user

from app.attachments import storing
from app.core.errors import InvalidInput
from app.core.web.responses import moved_to, say
from app.tickets import access, replying
from app.tickets.access import RULES, Act
from app.tickets.forms import FollowForm, Kind, MessageForm, Then
from app.tickets.routes.tickets import refused
from app.tickets.ticket import Status

AFTERWARDS = {
    Then.KEEP: None,
    Then.OPEN: Status.OPEN,
    Then.WAITING: Status.WAITING_CUSTOMER,
    Then.SOLVED: Status.RESOLVED,
}


def create_message(number: int) -> Response:
    """A reply or a note of staff, or what the requester adds."""
    ticket = access.ticket_for(Act.REPLY, number, user=current_user)
    staff = RULES[Act.SEE_NOTES](current_user, ticket)
    form = MessageForm() if staff else FollowForm()
    if not form.validate():
        return refused(ticket, message=form)
    try:
        files = storing.accept(form.files.data)
        if isinstance(form, MessageForm) and form.kind.data == Kind.NOTE:
            replying.add_note(ticket, text=form.text.data, by=current_user, files=files)
            say("Note added. Only staff can read it.")
        else:
            then = AFTERWARDS[Then(form.then.data)] if isinstance(form, MessageForm) else None
            replying.reply(ticket, text=form.text.data, by=current_user, files=files, then=then)
            say("Sent." if staff else "Sent. We have your message.")
    except InvalidInput as fault:
        form.refuse(fault)
        return refused(ticket, message=form)
    return moved_to("tickets.show_ticket", number=number, _anchor="latest")
