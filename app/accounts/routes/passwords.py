"""Setting a password by a link: a forgotten one, or the first one of somebody invited."""

from flask import Response

from app.accounts import links, resetting, signing_in
from app.accounts.forms import LinkPasswordForm, ResetForm
from app.accounts.routes.destinations import home_of
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.web.responses import invalid, moved_to, moved_to_path, page, say
from app.core.web.throttling import throttle_machine


def new_reset() -> Response:
    """The form that asks for a link."""
    return page("accounts/forgotten.html", form=ResetForm())


def create_reset() -> Response:
    """Have the mail written, if there is an account; the answer is the same for every address."""
    form = ResetForm()
    if form.validate():
        throttle_machine("reset from", limit=30, per_s=3600)
        try:
            resetting.ask_for_link(email=form.email.data)
            return moved_to("accounts.show_requested")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("accounts/forgotten.html", form=form)


def show_requested() -> Response:
    """Where to look now."""
    return page("accounts/forgotten_requested.html", mail_leaves=bool(settings().smtp_url))


def edit_password(token: str) -> Response:
    """The form; opening it uses nothing up."""
    user = links.person_of(token)
    form = LinkPasswordForm(name=user.name)
    return page("accounts/set_password.html", form=form, user=user)


def change_password(token: str) -> Response:
    """Set the password, which ends every other session and the link, and sign in."""
    user = links.person_of(token)
    form = LinkPasswordForm()
    if form.validate():
        try:
            resetting.set_by_link(token, password=form.password.data, name=form.name.data)
            signing_in.start_session(user)
            say("Your password is set.")
            return moved_to_path(home_of(user))
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("accounts/set_password.html", form=form, user=user)
