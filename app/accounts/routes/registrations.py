"""Asking for an account."""

from flask import Response, session

from app.accounts import registering
from app.accounts.forms import RegistrationForm
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle_machine


def new_registration() -> Response:
    """The form."""
    return page("accounts/register.html", form=RegistrationForm())


def create_registration() -> Response:
    """Have the mail written that makes the account; the answer is the same for every address."""
    form = RegistrationForm()
    if form.validate():
        throttle_machine("register from", limit=30, per_s=3600)
        try:
            registration = registering.register(
                name=form.name.data, email=form.email.data, password=form.password.data
            )
            session["registration"] = registration.id
            return moved_to("accounts.show_received")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("accounts/register.html", form=form)


def show_received() -> Response:
    """Where to look now."""
    return page("accounts/register_received.html", mail_leaves=bool(settings().smtp_url))
