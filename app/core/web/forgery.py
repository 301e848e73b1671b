"""Protection against forged requests, without a cookie for people who are not signed in.

Every unsafe request must come from our own pages, by the browser's word (`Sec-Fetch-Site`, else
`Origin`: https://www.w3.org/TR/fetch-metadata/).  A signed-in person's must also carry the token
of the session, in the field `csrf_token` or the header `X-CSRF-Token`.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from markupsafe import Markup
from wtforms import ValidationError

from app.core.errors import NotAllowed
from app.core.uow import SAFE_METHODS
from app.core.web.security import holds_session

STALE = (
    "This page was open for too long. Go back, reload it and send again; your text is still there."
)


def init_app(app: Flask) -> None:
    """Check every unsafe request; give templates `csrf_token_field()`."""
    app.before_request(_check)
    app.jinja_env.globals["csrf_token_field"] = token_field


def token_field() -> Markup:
    """The hidden field of a signed-in person's form; nothing for anybody else."""
    field: Markup | None = g.get("csrf_field")
    if field is None:  # a page may have a form for each of its rows
        signed_in = holds_session() and "_user_id" in session
        field = _signed_field() if signed_in else Markup("")
        g.csrf_field = field
    return field


def _signed_field() -> Markup:
    if "csrf_token" not in session:
        generate_csrf()
    return _field_of(session["csrf_token"], current_app.secret_key)


@lru_cache(1000)
def _field_of(_of_session: str, _secret: str) -> Markup:
    """A session's token is good for as long as the session is, so it is signed once."""
    return _field(generate_csrf())


def _field(token: str) -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)


def _check() -> None:
    if request.method in SAFE_METHODS:
        return
    if not _from_our_own_page():
        raise NotAllowed("This request came from another site, so nothing was changed.")
    if "_user_id" in session:
        try:
            validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRF-Token"))
        except ValidationError as fault:
            raise NotAllowed(STALE) from fault


def _from_our_own_page() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
