"""Signing in and out."""

from flask import Response, request, url_for
from flask_login import current_user

from app.accounts import signing_in
from app.accounts.forms import SignInForm
from app.accounts.routes.destinations import home_of, local_path
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, moved_to_path, page


def new_session() -> Response:
    """The sign-in page; who is in already goes home."""
    if current_user.is_authenticated:
        return moved_to_path(home_of(current_user))
    return page("accounts/sign_in.html", form=SignInForm(), action=_action())


def create_session() -> Response:
    """Sign in, then go on where the person came from."""
    form = SignInForm()
    if form.validate():
        try:
            user = signing_in.sign_in(email=form.email.data, password=form.password.data)
            return moved_to_path(local_path(request.args.get("next", "")) or home_of(user))
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("accounts/sign_in.html", form=form, action=_action())


def end_session() -> Response:
    """Sign out of this browser."""
    signing_in.sign_out()
    return moved_to("portal.show_home")


def _action() -> str:
    """Where the form goes: with `next` only if that is a page of this desk."""
    path = local_path(request.args.get("next", ""))
    return url_for("accounts.create_session", next=path or None)
