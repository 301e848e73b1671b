"""Confirming a mail address, which makes the account."""

from flask import Response, session

from app.accounts import links, registering, signing_in
from app.accounts.forms import ConfirmationForm
from app.accounts.registration import Registration
from app.accounts.routes.destinations import home_of
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to_path, page, say


def show_confirmation(token: str) -> Response:
    """A button; opening the page confirms nothing, for scanners of mail follow links."""
    registration = links.registration_of(token)
    return page("accounts/confirm.html", **_shown(registration, ConfirmationForm()))


def create_confirmation(token: str) -> Response:
    """Make the account and sign in."""
    registration = links.registration_of(token)
    form = ConfirmationForm()
    try:
        if not _began_here(registration):
            registering.prove(registration, password=form.password.data or "")
    except InvalidInput as fault:
        form.refuse(fault)
        return invalid("accounts/confirm.html", **_shown(registration, form))
    user = registering.confirm(registration)
    signing_in.start_session(user)
    say("Your account is ready.")
    return moved_to_path(home_of(user))


def _began_here(registration: Registration) -> bool:
    """Whether this browser sent the registration: it need not give the password again."""
    return bool(session.get("registration") == registration.id)


def _shown(registration: Registration, form: ConfirmationForm) -> dict[str, object]:
    return {
        "form": form,
        "registration": registration,
        "asks_password": not _began_here(registration),
    }
