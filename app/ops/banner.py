"""The banner: what is wrong with mail, on every page of staff, until it is well.

Looked for at most every few seconds in a process, so that pages pay nothing for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask, current_app

from app.accounts.permissions import Permission
from app.accounts.user import Person
from app.core import clock
from app.ops.mail_health import Trouble, troubles_in
from app.ops.queries.signs import signs

LOOKS_EVERY = timedelta(seconds=10)


@dataclass
class _Seen:
    at: datetime
    troubles: list[Trouble]


def init_app(app: Flask) -> None:
    """Give templates `troubles(user)`."""
    app.jinja_env.globals["troubles"] = troubles


def may_see(user: Person) -> bool:
    """Those who answer mail, and those who look after it."""
    return user.may(Permission.TICKETS_READ) or user.may(Permission.MAIL_READ)


def troubles(user: Person) -> list[Trouble]:
    """What is wrong at the moment, or was a few seconds ago; nothing for those whom it does not concern."""
    if not may_see(user):
        return []
    seen: _Seen | None = current_app.extensions.get("mail_troubles")
    if seen is None or not timedelta(0) <= clock.now() - seen.at < LOOKS_EVERY:
        found = signs()
        seen = current_app.extensions["mail_troubles"] = _Seen(found.at, troubles_in(found))
    return seen.troubles
