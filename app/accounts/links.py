"""The signed links of this room: what they hold, how long they last, what ends them.

A link to set a password holds a fingerprint of the person's present secrets, so it dies with its
first use, and with every other change of password.
"""

import hashlib
from datetime import timedelta

from app.accounts.registration import LASTS, Registration
from app.accounts.user import User
from app.core import clock, tokens
from app.core.db import db
from app.core.tokens import BadToken
from app.core.web.addresses import absolute

RESET_LASTS = timedelta(hours=2)
INVITATION_LASTS = timedelta(days=7)


def confirmation_link(registration: Registration) -> str:
    """For whoever reads the mail to the address of a registration."""
    token = tokens.sign("confirm", {"registration": registration.id})
    return absolute("accounts.show_confirmation", token=token)


def registration_of(token: str) -> Registration:
    """The registration that a link confirms.  Raises BadToken when it is over."""
    held = tokens.read("confirm", token, max_age_s=int(LASTS.total_seconds()))
    registration = db.session.get(Registration, held["registration"])
    if registration is None:
        raise BadToken
    return registration


def password_link(user: User, *, lasts: timedelta) -> str:
    """For setting this person's password, once."""
    until = int((clock.now() + lasts).timestamp())
    token = tokens.sign("password", {"user": user.id, "proof": _proof(user), "until": until})
    return absolute("accounts.edit_password", token=token)


def person_of(token: str) -> User:
    """Whose password a link sets.  Raises BadToken once it was used, outlived or overtaken."""
    held = tokens.read("password", token, max_age_s=int(INVITATION_LASTS.total_seconds()))
    user = db.session.get(User, held["user"])
    overtaken = user is None or user.deactivated_at is not None or held["proof"] != _proof(user)
    if user is None or overtaken or held["until"] < clock.now().timestamp():
        raise BadToken
    return user


def _proof(user: User) -> str:
    secrets = f"{user.session_key} {user.password_hash}"
    return hashlib.sha256(secrets.encode()).hexdigest()[:16]
