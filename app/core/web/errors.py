"""From refusals and faults to pages."""

import logging

from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from app.core.errors import Conflict, NotFound, Refusal, TooLarge, TooMany
from app.core.settings import settings

PAGES = frozenset({403, 404, 409, 413, 422, 429, 500, 503})
LOOK = "so nothing was saved. Load the page again, then decide."
CHANGED = f"Somebody else changed this a moment ago, {LOOK}"
FASTER = f"Somebody else did the same, or removed it, a moment ago, {LOOK}"
TEXTS = ("title", "subject", "summary", "body", "text", "comment", "reason")
"""Fields with words that took time to write."""
RACES = ("UNIQUE", "FOREIGN KEY", "duplicate key", "violates foreign key")
"""How the databases begin or say that a row met, or missed, another; all else is a fault of ours."""
HEARD_OUT = 4
"""How many times the limit is received of something too large, before the connection is closed."""
PART_BYTES = 65_536
BUSY = "The desk is very busy right now. Nothing was changed; try again in a moment."

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer every refusal and fault with a page that says what to do next."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _not_served)
    app.register_error_handler(StaleDataError, _changed_meanwhile)
    app.register_error_handler(IntegrityError, _met_another)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(TimeoutError, _busy)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(Exception, _broken)


def error_page(status: int, message: str = "") -> Response:
    """The page for a status; one without a page of its own is shown as 404 or 500."""
    shown = status if status in PAGES else 404 if status < 500 else 500
    page = render_template(f"errors/{shown}.html", message=message, texts=_texts(status))
    return make_response(page, status)


def _refused(refusal: Refusal) -> Response:
    response = error_page(refusal.status, refusal.message)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    return response


def _not_served(fault: HTTPException) -> Response:
    if fault.code is None or fault.code < 400:
        return make_response(fault.get_response())
    if fault.code == 404:
        return _refused(NotFound())
    if isinstance(fault, SecurityError):  # an unknown host: there are no addresses to link to
        return make_response("This desk does not answer to that host name.", 400)
    response = error_page(fault.code, "")
    for name, value in fault.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _too_large(_fault: RequestEntityTooLarge) -> Response:
    _hear_out(at_most=HEARD_OUT * settings().upload_limit_bytes)
    limit = settings().upload_limit_bytes // 1_000_000
    return _refused(TooLarge(f"That is too large: text and files together can be {limit} MB."))


def _hear_out(*, at_most: int) -> None:
    """Drop the rest of what is being sent: many programs look for an answer only after that.

    Servers that do not mark the end of a request (PEP 3333) are not asked, for that could last.
    """
    if not request.environ.get("wsgi.input_terminated"):
        return
    stream = request.environ["wsgi.input"]
    while at_most > 0 and (part := stream.read(PART_BYTES)):
        at_most -= len(part)


def _changed_meanwhile(_fault: StaleDataError) -> Response:
    return _refused(Conflict(CHANGED))


def _met_another(fault: IntegrityError) -> Response:
    """Two at once: both looked, then both wrote."""
    if not any(said in str(fault.orig) for said in RACES):
        return _broken(fault)
    log.warning("two at once", exc_info=fault)
    return _refused(Conflict(FASTER))


def _texts(status: int) -> list[str]:
    """What somebody wrote in vain, to be copied, when another try will do."""
    if status not in (409, 503):
        return []
    return [text for name in TEXTS for text in request.form.getlist(name) if text.strip()]


def _busy(fault: Exception) -> Response:
    log.error("database not available: %s", type(fault).__name__, exc_info=fault)
    response = error_page(503, BUSY)
    response.headers["Retry-After"] = "5"
    return response


def _broken(fault: Exception) -> Response:
    log.error("request broke", exc_info=fault)
    return error_page(500)
