"""Setting a password: anew, by a link, or with the present one."""

from app.accounts import auditing, jobs, links, passwords, people
from app.accounts.auditing import Action
from app.accounts.user import User, new_session_key
from app.core import clock
from app.core.errors import InvalidInput
from app.core.tokens import BadToken
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.web.throttling import throttle

PER_S = 3600


def ask_for_link(*, email: str) -> None:
    """Have the worker mail a link to whoever has an account at the address.

    Neither the answer nor the time it takes tells whether there is one.  Raises InvalidInput (field
    `email`) and TooMany.
    """
    email = people.normal_address(email)
    throttle("reset", email, limit=5, per_s=PER_S)
    _ask(email)


def set_by_link(token: str, *, password: str, name: str) -> User:
    """Set the password of the person whom a link names; an invited one confirms the address by it.

    Raises BadToken, and InvalidInput (field `name` or `password`).
    """
    user = links.person_of(token)
    name = people.normal_name(name)
    passwords.check(password, email=user.email)
    return _set_by_link(user, token, name, passwords.hashed(password))


def change_password(user: User, *, present: str, password: str) -> None:
    """Set another password, and end every session.

    Raises InvalidInput (field `present` or `password`), and TooMany after ten wrong ones.
    """
    throttle("password", str(user.id), limit=10, per_s=PER_S)
    if not passwords.matches(user.password_hash, present):
        raise InvalidInput("That is not your present password.", field="present")
    passwords.check(password, email=user.email)
    _change(user, passwords.hashed(password))


@verb
def _ask(email: str) -> None:
    jobs.mail_reset.later(email=email)


@verb
def _set_by_link(user: User, token: str, name: str, password_hash: str) -> User:
    if links.person_of(token) is not user:  # somebody else may have used the link meanwhile
        raise BadToken
    user.name = name
    user.confirmed_at = user.confirmed_at or clock.now()
    _store(user, password_hash)
    auditing.note(Action.PASSWORD_RESET, about=user, by=user)
    return user


@verb
def _change(user: User, password_hash: str) -> None:
    _store(user, password_hash)
    auditing.note(Action.PASSWORD_CHANGED, about=user, by=user)


def _store(user: User, password_hash: str) -> None:
    user.password_hash = password_hash
    user.session_key = new_session_key()
    bump(people.STAMP)
