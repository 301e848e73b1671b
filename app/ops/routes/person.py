"""One person: roles, coming and going."""

from flask import Response
from flask_login import current_user

from app.accounts import changing_roles, inviting
from app.accounts.user import User
from app.core.errors import Conflict, InvalidInput
from app.core.web.responses import invalid, moved_to, page, say
from app.ops.access import person_or_404
from app.ops.forms import RolesForm
from app.ops.queries import people


def show_person(id: int) -> Response:
    """The person, and what was done to the account."""
    person = person_or_404(id)
    form = RolesForm(formdata=None, roles=people.row_of(person).roles)
    return page("ops/person.html", **_shown(person, form))


def change_roles(id: int) -> Response:
    """Let the person hold exactly the ticked roles."""
    person, form = person_or_404(id), RolesForm()
    if form.validate():
        try:
            changing_roles.change_roles(person, to=form.roles.data, by=current_user)
            say("Saved. It holds from the next page they open.")
            return moved_to("ops.show_person", id=id)
        except Conflict as fault:
            form.refuse(InvalidInput(fault.message, field="roles"))
    return invalid("ops/person.html", **_shown(person, form))


def invite_again(id: int) -> Response:
    """Send another invitation."""
    person = person_or_404(id)
    inviting.invite(email=person.email, name=person.name, roles=(), by=current_user)
    say(f"{person.name} gets another email.")
    return moved_to("ops.show_person", id=id)


def deactivate_person(id: int) -> Response:
    """Shut the person out."""
    person = person_or_404(id)
    changing_roles.deactivate(person, by=current_user)
    say(f"{person.name} is signed out everywhere and cannot sign in.")
    return moved_to("ops.show_person", id=id)


def reactivate_person(id: int) -> Response:
    """Let the person in again."""
    person = person_or_404(id)
    changing_roles.reactivate(person, by=current_user)
    say(f"{person.name} can sign in again.")
    return moved_to("ops.show_person", id=id)


def _shown(person: User, form: RolesForm) -> dict[str, object]:
    return {
        "person": people.row_of(person),
        "form": form,
        "entries": people.entries_about(person.id),
    }
