"""One's own account."""

from flask import Response
from flask_login import current_user

from app.accounts import people, resetting, signing_in
from app.accounts.forms import PasswordForm, ProfileForm
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say


def show_account() -> Response:
    """Name and password, to be changed."""
    forms = {"profile": ProfileForm(name=current_user.name), "secret": PasswordForm()}
    return page("accounts/account.html", **forms)


def change_account() -> Response:
    """Change the name."""
    form = ProfileForm()
    if form.validate():
        try:
            people.rename(current_user._get_current_object(), name=form.name.data)
            say("Saved.")
            return moved_to("accounts.show_account")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("accounts/account.html", profile=form, secret=PasswordForm(formdata=None))


def renew_password() -> Response:
    """Change the password, and stay signed in here alone."""
    form = PasswordForm()
    user = current_user._get_current_object()
    if form.validate():
        try:
            resetting.change_password(user, present=form.present.data, password=form.password.data)
            signing_in.start_session(user)
            say("Your password is changed. Everywhere else you are signed out.")
            return moved_to("accounts.show_account")
        except InvalidInput as fault:
            form.refuse(fault)
    profile = ProfileForm(formdata=None, name=user.name)
    return invalid("accounts/account.html", profile=profile, secret=form)
