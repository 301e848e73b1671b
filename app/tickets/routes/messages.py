"""Writing on a ticket."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Response
from flask_login import current_user

from app.attachments import storing
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import moved_to, say
from app.tickets import access, drafting, releasing, replying
from app.tickets.access import RULES, Act
from app.tickets.forms import FollowForm, Kind, MessageForm, Then
from app.tickets.replying import StaleReply
from app.tickets.routes.tickets import page_of, refused, stale
from app.tickets.ticket import Status, Ticket

LATEST = timedelta(days=366)

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
    if isinstance(form, MessageForm) and form.then.data == Then.PREVIEW:
        return page_of(ticket, message=form)
    try:
        files = storing.accept(form.files.data)
        if isinstance(form, MessageForm):
            _write_as_staff(ticket, form, files)
        else:
            replying.reply(ticket, text=form.text.data, by=current_user, files=files)
            say("Sent. We have your message.")
    except InvalidInput as fault:
        form.refuse(fault)
        return refused(ticket, message=form)
    except StaleReply:
        return stale(ticket, form)
    return moved_to("tickets.show_ticket", number=number, _anchor="latest")


def release_message(number: int, id: int) -> Response:
    """Send a held reply now."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    releasing.release(releasing.held_message_or_404(ticket, id))
    say("Sent.")
    return moved_to("tickets.show_ticket", number=number, _anchor="latest")


def withdraw_message(number: int, id: int) -> Response:
    """Take a held reply back; its text is a draft again."""
    ticket = access.ticket_for(Act.NOTE, number, user=current_user)
    releasing.take_back(releasing.held_message_or_404(ticket, id), by=current_user)
    say("Not sent. The text is a draft again.")
    return moved_to("tickets.show_ticket", number=number, _anchor="text")


def _write_as_staff(ticket: Ticket, form: MessageForm, files: Sequence[Attachment]) -> None:
    if form.kind.data == Kind.NOTE:
        replying.add_note(ticket, text=form.text.data, by=current_user, files=files)
        said = "Note added. Only staff can read it."
    else:
        later = _later(form)
        held_until = later or _time_to_think()
        replying.reply(
            ticket,
            text=form.text.data,
            by=current_user,
            files=files,
            then=AFTERWARDS[Then(form.then.data)],
            seen=form.seen.data,
            held_until=held_until,
        )
        said = "Scheduled." if later else "Sending." if held_until else "Sent."
    drafting.discard_draft(ticket, by=current_user)
    say(said)


def _time_to_think() -> datetime | None:
    seconds = settings().undo_send_s
    return clock.now() + timedelta(seconds=seconds) if seconds else None


def _later(form: MessageForm) -> datetime | None:
    """When the reply is to leave, if that was said.  Raises InvalidInput for the past and far away."""
    if form.send_at.data is None:
        return None
    at: datetime = form.send_at.data.replace(tzinfo=settings().zone)
    if not clock.now() < at <= clock.now() + LATEST:
        raise InvalidInput("Choose a time within the next year.", field="send_at")
    return at
