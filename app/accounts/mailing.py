"""The mails of this room: composed and put into the outbox by its jobs."""

from typing import Any

from app.accounts import links, people
from app.accounts.registration import Registration
from app.accounts.user import User
from app.core.db import db
from app.core.web.addresses import absolute
from app.mail.composing import compose
from app.mail.outbound import Kind
from app.mail.posting import queue


def answer_registration(registration_id: int) -> None:
    """Send the link that makes the account, or tell its owner that there is one."""
    registration = db.session.get(Registration, registration_id)
    if registration is None:
        return
    known = people.with_address(registration.email)
    if known and known.has_account:
        _send("has_account", registration.email, url=absolute("accounts.new_session"))
    else:
        _send("confirm", registration.email, url=links.confirmation_link(registration))


def answer_reset(email: str) -> None:
    """Send the link to a new password, if somebody has an account at the address."""
    user = people.with_address(email)
    if user and user.is_active:
        _send("reset", email, url=links.password_link(user, lasts=links.RESET_LASTS))


def invite(user_id: int, *, by_id: int) -> None:
    """Send an invited person the link to a first password, or word of what is new."""
    user, by = db.session.get_one(User, user_id), db.session.get_one(User, by_id)
    if user.is_active:
        _send("new_roles", user.email, by=by.name, url=absolute("accounts.new_session"))
    elif not user.has_account:
        url = links.password_link(user, lasts=links.INVITATION_LASTS)
        _send("invitation", user.email, by=by.name, url=url)


def _send(template: str, to: str, **context: Any) -> None:
    composed = compose(f"accounts/mail/{template}.md", **context)
    queue(composed, to=to, kind=Kind.ACCOUNT, automatic=True)
