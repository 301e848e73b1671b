"""The ticket behind a signed link: its holder stands for one person, on this ticket alone."""

from flask import Response

from app.accounts.user import User, Visitor
from app.attachments import storing
from app.core.errors import InvalidInput, NotAllowed
from app.core.web.responses import moved_to, say
from app.core.web.throttling import throttle
from app.tickets import access, participating, replying, resolving
from app.tickets.access import RULES, Act
from app.tickets.forms import FollowForm
from app.tickets.own.page import own_page
from app.tickets.routes.files import file_answer
from app.tickets.ticket import Ticket

HOUR_S = 3600


def show_followed(token: str) -> Response:
    """The public part of the ticket."""
    ticket, person = access.followed_ticket(token)
    return own_page(ticket, person, token=token)


def reply_followed(token: str) -> Response:
    """What the person adds."""
    ticket, person = access.followed_ticket(token)
    throttle("follow", str(ticket.id), limit=30, per_s=HOUR_S)
    form = FollowForm()
    if not form.validate():
        return _refused(ticket, person, form, token)
    try:
        files = storing.accept(form.files.data)
        replying.reply(ticket, text=form.text.data, by=person, files=files)
    except InvalidInput as fault:
        form.refuse(fault)
        return _refused(ticket, person, form, token)
    return moved_to("tickets.show_followed", token=token, _anchor="latest")


def end_followed(token: str) -> Response:
    """It is solved."""
    ticket, person = _settled_by(token)
    resolving.end(ticket, by=person)
    return moved_to("tickets.show_followed", token=token)


def continue_followed(token: str) -> Response:
    """It is not solved after all."""
    ticket, person = _settled_by(token)
    resolving.continue_with(ticket, by=person)
    return moved_to("tickets.show_followed", token=token)


def leave_followed(token: str) -> Response:
    """Somebody in copy wants to hear no more of it."""
    ticket, person = access.followed_ticket(token)
    participating.remove_participant(ticket, person, by=person)
    say(f"You left ticket {ticket.number}, and get no more emails about it.")
    return moved_to("portal.show_home")


def download_followed_file(token: str, id: int) -> Response:
    """A file of a public message."""
    ticket, _person = access.followed_ticket(token)
    return file_answer(ticket, id, Visitor())


def _settled_by(token: str) -> tuple[Ticket, User]:
    ticket, person = access.followed_ticket(token)
    if not RULES[Act.SETTLE](person, ticket):
        raise NotAllowed("Only the person who asked says that it is solved.")
    return ticket, person


def _refused(ticket: Ticket, person: User, form: FollowForm, token: str) -> Response:
    response = own_page(ticket, person, message=form, token=token)
    response.status_code = 422
    return response
