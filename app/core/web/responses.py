"""The answers that views give."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Flask,
    Response,
    get_flashed_messages,
    make_response,
    redirect,
    render_template,
    session,
    url_for,
)

from app.core.web.security import holds_session

MOST_SAID = 3
"""More would wait only for somebody who opens no page, and a cookie holds 4 KB."""


def say(sentence: str) -> None:
    """Say this on the next page that the person opens; of many such sentences, only the latest."""
    waiting = session.get("_flashes", [])
    session["_flashes"] = [*waiting[1 - MOST_SAID :], ("message", sentence)]


def init_app(app: Flask) -> None:
    """Give templates `said()`: what waits to be said to whoever opens the page, by kind."""
    app.jinja_env.globals["said"] = _said


def page(template: str, **context: Any) -> Response:
    """The page, 200."""
    return make_response(render_template(template, **context))


def invalid(template: str, **context: Any) -> Response:
    """The page with its form shown again, 422: nothing was changed."""
    return make_response(render_template(template, **context), 422)


def moved_to(endpoint: str, **values: Any) -> Response:
    """See there, 303: what was asked is done, and a reload will not do it again."""
    return moved_to_path(url_for(endpoint, **values))


def moved_to_path(path: str) -> Response:
    """The same for a path of this desk, which the caller has checked."""
    return make_response(redirect(path, code=303))


def _said() -> Sequence[object]:
    """Pairs of kind and sentence; a browser without a session is not asked for one."""
    return get_flashed_messages(with_categories=True) if holds_session() else ()
