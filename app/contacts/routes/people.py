"""People: finding them, and everything that staff know of one."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from app.accounts import noting, organisations
from app.accounts.organisation import Organisation
from app.accounts.user import User
from app.contacts import queries
from app.contacts.access import note_or_404, person_or_404
from app.contacts.forms import BelongingForm, NoteForm
from app.contacts.panels import panels_about
from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say
from app.mail.suppression import refusal
from app.tickets.access import ticket_or_404

LONGEST = 100


def list_people() -> Response:
    """Everybody, or those whose name or address holds a text."""
    text = arguments.text("q", longest=LONGEST)
    rows = queries.people(text, after=arguments.text("after", longest=400))
    return page("contacts/people.html", text=text, rows=rows)


def list_options() -> Response:
    """The people whose name or address begins so, as options of a field."""
    return page(
        "contacts/_options.html", people=queries.options(arguments.text("email", longest=LONGEST))
    )


def show_person(id: int) -> Response:
    """Who it is, what they asked and what we noted."""
    return page("contacts/person.html", **_shown(person_or_404(id)))


def show_requester(number: int) -> Response:
    """The same in short, beside a ticket; for who comes without the ticket, the whole page."""
    ticket = ticket_or_404(number, current_user)
    if "HX-Request" not in request.headers:
        return moved_to("contacts.show_person", id=ticket.requester_id)
    person = person_or_404(ticket.requester_id)
    return page(
        "contacts/_card.html",
        person=person,
        organisation=_organisation_of(person),
        unreachable=refusal(person.email),
        count=queries.asked_by(person.id),
        tickets=queries.few_tickets_of(person.id, besides=ticket.id),
        questions=queries.questions_of(person.id, current_user),
        notes=queries.notes_about(person.id),
        panels=panels_about(person),
    )


def change_belonging(id: int) -> Response:
    """Say which organisation somebody writes for, by its name; no name means none."""
    person, form = person_or_404(id), BelongingForm()
    if form.validate():
        name = (form.organisation.data or "").strip()
        organisation = queries.organisation_named(name) if name else None
        if organisation is not None:
            organisations.join(person, organisation, by=current_user)
        elif not name:
            organisations.leave(person, by=current_user)
        else:
            form.refuse(
                InvalidInput(
                    f"There is no organisation “{name}”. Make it under Organisations first.",
                    field="organisation",
                )
            )
            return invalid("contacts/person.html", **_shown(person, belonging=form))
        say("Saved.")
        return moved_to("contacts.show_person", id=id)
    return invalid("contacts/person.html", **_shown(person, belonging=form))


def create_note(id: int) -> Response:
    """Keep a note."""
    person, form = person_or_404(id), NoteForm()
    if form.validate():
        try:
            noting.add_person_note(person, text=form.text.data, by=current_user)
            say("Noted. Only staff can read it.")
            return moved_to("contacts.show_person", id=id, _anchor="notes")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("contacts/person.html", **_shown(person, note=form))


def remove_note(id: int, note_id: int) -> Response:
    """Throw a note away."""
    person = person_or_404(id)
    noting.remove_person_note(note_or_404(person, note_id), person, by=current_user)
    say("Removed.")
    return moved_to("contacts.show_person", id=id, _anchor="notes")


def _shown(
    person: User, *, note: NoteForm | None = None, belonging: BelongingForm | None = None
) -> dict[str, Any]:
    organisation = _organisation_of(person)
    name = organisation.name if organisation else ""
    return {
        "person": person,
        "organisation": organisation,
        "unreachable": refusal(person.email),
        "names": queries.organisation_names(),
        "belonging": belonging or BelongingForm(formdata=None, organisation=name),
        "form": note or NoteForm(formdata=None),
        "count": queries.asked_by(person.id),
        "tickets": queries.tickets_of(person.id, after=arguments.text("after", longest=200)),
        "questions": queries.questions_of(person.id, current_user),
        "notes": queries.notes_about(person.id),
        "panels": panels_about(person),
    }


def _organisation_of(person: User) -> Organisation | None:
    if person.organisation_id is None:
        return None
    return organisations.organisation_or_404(person.organisation_id)
