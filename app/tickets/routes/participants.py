"""Who takes part in a ticket beside the requester."""

from flask import Response
from flask_login import current_user

from app.accounts import people
from app.accounts.user import User
from app.core.errors import InvalidInput, NotAllowed, NotFound
from app.core.web.responses import invalid, moved_to, page, say
from app.core.web.throttling import throttle
from app.tickets import access, participating, queries
from app.tickets.access import RULES, Act
from app.tickets.forms import ParticipantForm
from app.tickets.own.page import own_page
from app.tickets.own.queries import people_on
from app.tickets.ticket import Ticket

HOUR_S = 3600


def list_participants(number: int) -> Response:
    """For staff; the customer's side sees them on the ticket itself."""
    ticket = access.ticket_or_404(number, current_user)
    if not RULES[Act.SEE_NOTES](current_user, ticket):
        return moved_to("tickets.show_ticket", number=number)
    return page("tickets/participants.html", **_shown(ticket, ParticipantForm(formdata=None)))


def create_participant(number: int) -> Response:
    """Bring in the person with an address; they get the link by mail."""
    ticket = access.ticket_for(Act.ADD_PEOPLE, number, user=current_user)
    form = ParticipantForm()
    if not form.validate():
        return _refused(ticket, form)
    throttle("add participant", str(current_user.id), limit=30, per_s=HOUR_S)
    try:
        person = people.person_for(form.email.data)
        participating.add_participant(ticket, person, by=current_user)
    except InvalidInput as fault:
        form.refuse(fault)
        return _refused(ticket, form)
    say(f"{person.email} gets an email with the link.")
    return _back(ticket)


def remove_participant(number: int, id: int) -> Response:
    """Take somebody off the ticket; everybody may take off themselves."""
    ticket = access.ticket_or_404(number, current_user)
    if id != current_user.id and not RULES[Act.ADD_PEOPLE](current_user, ticket):
        raise NotAllowed("Only the person who asked, and staff, take others off a ticket.")
    person = people.people_by_id([id]).get(id)
    if person is None:
        raise NotFound("This person is not on the ticket any more.")
    participating.remove_participant(ticket, person, by=current_user)
    if person.id == current_user.id and not current_user.is_staff:
        say(f"You left ticket {number}.")
        return moved_to("tickets.list_own")
    say(f"{person.name} is off the ticket.")
    return _back(ticket)


def _back(ticket: Ticket) -> Response:
    if RULES[Act.SEE_NOTES](current_user, ticket):
        return moved_to("tickets.list_participants", number=ticket.number)
    return moved_to("tickets.show_ticket", number=ticket.number, _anchor="people")


def _refused(ticket: Ticket, form: ParticipantForm) -> Response:
    user: User = current_user._get_current_object()
    if RULES[Act.SEE_NOTES](user, ticket):
        return invalid("tickets/participants.html", **_shown(ticket, form))
    response = own_page(ticket, user, participant=form)
    response.status_code = 422
    return response


def _shown(ticket: Ticket, form: ParticipantForm) -> dict[str, object]:
    return {
        "ticket": ticket,
        "people": people_on(ticket),
        "form": form,
        "may_add": RULES[Act.ADD_PEOPLE](current_user, ticket),
        "counts": queries.counts_aside(current_user),
    }
