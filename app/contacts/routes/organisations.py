"""Organisations: which there are, who belongs to them."""

from typing import Any

from flask import Response
from flask_login import current_user

from app.accounts import organisations, people
from app.accounts.organisation import Organisation
from app.contacts import queries
from app.contacts.access import person_or_404
from app.contacts.forms import MemberForm, OrganisationForm
from app.core.errors import InvalidInput, NotFound
from app.core.web import arguments
from app.core.web.responses import invalid, moved_to, page, say


def list_organisations() -> Response:
    """All of them, and a field for another."""
    return page("contacts/organisations.html", form=OrganisationForm(formdata=None), **_list())


def create_organisation() -> Response:
    """A new one, nobody in it yet."""
    form = OrganisationForm()
    if form.validate():
        try:
            made = organisations.make_organisation(name=form.name.data, by=current_user)
            return moved_to("contacts.show_organisation", id=made.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("contacts/organisations.html", form=form, **_list())


def show_organisation(id: int) -> Response:
    """Its name, its people, and what they may see."""
    return page("contacts/organisation.html", **_shown(organisations.organisation_or_404(id)))


def change_organisation(id: int) -> Response:
    """Another name; whether its people read each other's tickets."""
    organisation, form = organisations.organisation_or_404(id), OrganisationForm()
    if form.validate():
        try:
            organisations.rename_organisation(organisation, name=form.name.data, by=current_user)
            let = organisations.open_up if form.open.data else organisations.close_off
            let(organisation, by=current_user)
            say("Saved.")
            return moved_to("contacts.show_organisation", id=id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("contacts/organisation.html", **_shown(organisation, form=form))


def add_member(id: int) -> Response:
    """Let the person with an address belong to it; somebody new is met by this."""
    organisation, form = organisations.organisation_or_404(id), MemberForm()
    if form.validate():
        try:
            person = people.person_for(form.email.data)
            organisations.join(person, organisation, by=current_user)
            say(f"{person.name} belongs to {organisation.name} now.")
            return moved_to("contacts.show_organisation", id=id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("contacts/organisation.html", **_shown(organisation, member=form))


def remove_member(id: int, person_id: int) -> Response:
    """Let somebody belong to it no longer."""
    organisation, person = organisations.organisation_or_404(id), person_or_404(person_id)
    if person.organisation_id != organisation.id:
        raise NotFound("This person does not belong to it any more.")
    organisations.leave(person, by=current_user)
    say(f"{person.name} does not belong to {organisation.name} any more.")
    return moved_to("contacts.show_organisation", id=id)


def _list() -> dict[str, Any]:
    return {"rows": queries.organisations(arguments.text("after", longest=400))}


def _shown(
    organisation: Organisation,
    *,
    form: OrganisationForm | None = None,
    member: MemberForm | None = None,
) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "form": form or OrganisationForm(formdata=None, obj=organisation),
        "member": member or MemberForm(formdata=None),
        "members": queries.members(organisation.id),
    }
