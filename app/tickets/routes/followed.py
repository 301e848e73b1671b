"""The ticket behind a signed link: its holder stands for the requester, on this ticket alone."""

from flask import Response

from app.accounts.user import Visitor
from app.attachments import storing
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle
from app.tickets import access, replying
from app.tickets.forms import FollowForm
from app.tickets.queries import conversation
from app.tickets.replying import can_continue
from app.tickets.routes.files import file_answer

HOUR_S = 3600


def show_followed(token: str) -> Response:
    """The public part of the ticket."""
    return page("tickets/show_own.html", **_context(token, FollowForm(formdata=None)))


def reply_followed(token: str) -> Response:
    """What the requester adds."""
    ticket, requester = access.followed_ticket(token)
    throttle("follow", str(ticket.id), limit=30, per_s=HOUR_S)
    form = FollowForm()
    if not form.validate():
        return invalid("tickets/show_own.html", **_context(token, form))
    try:
        files = storing.accept(form.files.data)
        replying.reply(ticket, text=form.text.data, by=requester, files=files)
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("tickets/show_own.html", **_context(token, form))
    return moved_to("tickets.show_followed", token=token, _anchor="latest")


def download_followed_file(token: str, id: int) -> Response:
    """A file of a public message."""
    ticket, _requester = access.followed_ticket(token)
    return file_answer(ticket, id, Visitor())


def _context(token: str, form: FollowForm) -> dict[str, object]:
    ticket, _requester = access.followed_ticket(token)
    return {
        "ticket": ticket,
        "entries": conversation(ticket, Visitor()),
        "form": form,
        "can_reply": can_continue(ticket),
        "token": token,
    }
