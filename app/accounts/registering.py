"""Making an account: asked for by anybody, made by whoever reads the mail to its address."""

from sqlalchemy import delete

from app.accounts import auditing, jobs, passwords, people
from app.accounts.auditing import Action
from app.accounts.registration import Registration
from app.accounts.user import User, new_session_key
from app.core import clock
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.tokens import BadToken
from app.core.uow import verb
from app.core.web.page_cache import bump
from app.core.web.throttling import throttle

PER_ADDRESS = 5
PER_S = 3600


def register(*, name: str, email: str, password: str) -> Registration:
    """Note that somebody wants an account.  The worker writes the mail, whoever has the address.

    So neither the answer nor the time it takes tells whether the address has an account already.
    Raises InvalidInput (field `name`, `email` or `password`), and TooMany after five in an hour.
    """
    name, email = people.normal_name(name), people.normal_address(email)
    passwords.check(password, email=email)
    throttle("register", email, limit=PER_ADDRESS, per_s=PER_S)
    return _register(name, email, passwords.hashed(password))


def prove(registration: Registration, *, password: str) -> None:
    """Check that the reader of the mail is the person who registered.

    Else somebody could register another's address and wait for a careless click.  Raises
    InvalidInput (field `password`).
    """
    throttle("confirm", str(registration.id), limit=10, per_s=900)
    if not passwords.matches(registration.password_hash, password):
        raise InvalidInput("That is not the password you registered with.", field="password")


@verb
def confirm(registration: Registration) -> User:
    """Make the account; a person known by the address already becomes its owner.

    Raises BadToken when the address has got an account meanwhile.
    """
    known = people.with_address(registration.email)
    if known and known.has_account:
        raise BadToken
    user = people.person_for(registration.email, name=registration.name)
    user.name = registration.name
    user.password_hash = registration.password_hash
    user.confirmed_at = clock.now()
    bump(people.STAMP)
    user.session_key = new_session_key()
    auditing.note(Action.CONFIRMED, about=user, by=user)
    db.session.execute(delete(Registration).where(Registration.email == registration.email))
    return user


@verb
def _register(name: str, email: str, password_hash: str) -> Registration:
    registration = Registration(name=name, email=email, password_hash=password_hash)
    db.session.add(registration)
    db.session.flush()  # the mail and the browser's session name it by its id
    jobs.mail_registration.later(registration_id=registration.id)
    return registration
