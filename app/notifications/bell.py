"""The bell in the head of every page, for everybody who is signed in."""

from dataclasses import dataclass

from flask import Flask, request

from app.accounts.user import User
from app.notifications.matter import Matter
from app.notifications.queries import unread_matters


@dataclass(frozen=True, slots=True)
class Bell:
    """How much is unread, and what of it is seen by opening this page, if any is."""

    count: int
    seen: Matter | None


def init_app(app: Flask) -> None:
    """Give templates `bell_of(user)`."""
    app.jinja_env.globals["bell_of"] = bell_of


def bell_of(user: User) -> Bell:
    """What the bell shows to this person on the present page.  One cheap statement."""
    unread = unread_matters(user)
    shown = (request.endpoint, request.view_args)
    return Bell(len(unread), next((m for m in unread if (m.page, m.where) == shown), None))
