"""Signing in and out."""

from flask import session
from flask_login import login_user, logout_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.accounts import passwords, people
from app.accounts.auditing import Action, AuditEntry
from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.uow import apart
from app.core.web.remembering import remembered, seen
from app.core.web.throttling import forgive, forgive_machine, throttle, throttle_machine

WRONG = "That email and password don’t match."
PER_ADDRESS = 10
PER_MACHINE = 100
PER_S = 900

_OF_SESSION = (
    select(User)
    .where(User.id == bindparam("id"), User.session_key == bindparam("key"))
    .options(joinedload(User.held))
)


def session_user(held: str) -> User | None:
    """The person of a session, as long as it was not ended elsewhere and the account is active.

    For reading, people are remembered: what changes about one is seen within a second.
    """
    user_id, _, key = held.partition(".")
    if not user_id.isdigit():
        return None
    if seen(people.STAMP) is None:
        return _load(int(user_id), key)
    known = remembered(
        people.STAMP, ("session", int(user_id), key), lambda: _read(int(user_id), key)
    )
    return db.session.merge(known, load=False) if known else None


def _read(user_id: int, key: str) -> User | None:
    """The person with their roles, apart from the session: threads share what is remembered."""
    user = _load(user_id, key)
    if user:
        db.session.expunge(user)
    return user


def _load(user_id: int, key: str) -> User | None:
    user = db.session.scalars(_OF_SESSION, {"id": user_id, "key": key}).unique().one_or_none()
    return user if user and user.is_active else None


def sign_in(*, email: str, password: str) -> User:
    """Start a session for the person with this address and password.

    Raises InvalidInput (field `password`) with one sentence for every reason, and TooMany after ten
    wrong tries for an address, or a hundred from one machine, in a quarter of an hour.
    """
    throttle_machine("sign-in from", limit=PER_MACHINE, per_s=PER_S)
    left = throttle("sign-in", email.strip(), limit=PER_ADDRESS, per_s=PER_S)
    user = people.with_address(email)
    known = user.password_hash if user else None
    right = passwords.matches(known, password) and not _is_refused(password)
    if not right or user is None or not user.is_active:
        if user and not left:
            _note_lock(user)
        raise InvalidInput(WRONG, field="password")
    forgive("sign-in", email.strip())
    forgive_machine("sign-in from")
    start_session(user)
    return user


def start_session(user: User) -> None:
    """Let this browser be the person's from here on."""
    session.clear()
    login_user(user)
    session.permanent = True


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()


def _is_refused(password: str) -> bool:
    """Whether it lets nobody in here, right or wrong: a demo may have become the real desk."""
    return settings().production and passwords.is_known(password)


def _note_lock(user: User) -> None:
    """Write down that nobody can sign in as this person for a while; it survives the refusal."""
    with apart() as store:
        store.add(AuditEntry(action=Action.SIGN_IN_LOCKED, subject_id=user.id))
