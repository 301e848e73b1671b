"""Public pages kept in memory: what every visitor sees alike is made once, then handed out.

A view says that its response is public, and which *stamps* it depends on:

    return public(page("room/page.html", thing=thing), stamps=(STAMP,))

A stamp is a named number in the table `cache_stamps`.  Whatever changes what such pages show calls
`bump(STAMP)` in the same transaction.  A kept page is handed out while all its stamps are as they
were before it was made, for a minute at most, and only to requests without a session cookie; for a
signed-in person `public` changes nothing.  Each process looks at the stamps once a second at most,
so a change is seen everywhere within a second.

The front stands before the application: a kept page costs no routing, no session, no template and
no database.  It also meets `If-None-Match` with 304.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request
from sqlalchemy import String, text

from app.core.db import Mapped, Model, db, mapped_column
from app.core.uow import begin_writing
from app.core.web import remembering
from app.core.web.kept_pages import KeptPage, KeptPages, Key
from app.core.web.security import SESSION_COOKIE
from app.core.web.stamps import Stamps

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "public, max-age=0, s-maxage=60"
VARY = ("Cookie", "HX-Request")
UNKEPT = frozenset({"/healthz", "/readyz"})
"""Asked every few seconds, and most of all while the database is away."""

_FLAG = "hearth.public_page"


class CacheStamp(Model):
    """How often the pages of one subject have changed."""

    __tablename__ = "cache_stamps"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


def init_app(app: Flask) -> None:
    """Stand before the application.  To be called before anything that stands farther out."""
    front = _Front(app)
    app.extensions["page_cache"] = front
    remembering.init_app(app)
    app.wsgi_app = front  # type: ignore[method-assign]


def public(response: Response, *, stamps: Sequence[str]) -> Response:
    """Let anybody's copy of this response serve everybody, if nobody is signed in."""
    if not _holds_session(request.environ):
        response.headers["Cache-Control"] = POLICY
        response.vary.update(VARY)
        request.environ[_FLAG] = tuple(stamps)
    return response


def watch(app: Flask, stamp: str, number: str) -> None:
    """Make a stamp of an SQL expression, which nobody has to bump.  To be called while building."""
    app.extensions["page_cache"].stamps.watch(stamp, number)


def look_again() -> None:
    """Look at the stamps at the next occasion: this process is about to change what one watches."""
    current_app.extensions["page_cache"].stamps.forget()


def bump(stamp: str) -> None:
    """Make every kept page that depends on the stamp stale, once this transaction is committed."""
    begin_writing()
    db.session.execute(
        text(
            "INSERT INTO cache_stamps (name, number) VALUES (:name, 1)"
            " ON CONFLICT (name) DO UPDATE SET number = cache_stamps.number + 1"
        ),
        {"name": stamp},
    )
    look_again()


class _Front:
    """Hands out kept pages by itself and every other request to the application."""

    def __init__(self, app: Flask) -> None:
        self.application: WSGIApplication = app.wsgi_app
        self.pages = KeptPages()
        self.stamps = Stamps(app)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not _reads(environ):
            return self.application(environ, start_response)
        stamps = environ[remembering.SEEN] = self.stamps.current()
        if _holds_session(environ):
            return self.application(environ, start_response)
        key = _key(environ)
        page = self.pages.find(key, stamps) if stamps is not None else None
        if page is not None:
            return _hand_out(page, environ, start_response)
        return self._ask(key, stamps, environ, start_response)

    def _ask(
        self,
        key: Key,
        stamps: dict[str, int] | None,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """Let the application respond; keep the response if it says that it is public."""
        held = _HeldStart()
        body = self.application(environ, held)
        names = environ.get(_FLAG)
        if names is None or not held.status.startswith("200") or held.sets_cookie:
            start_response(held.status, held.private_headers, held.exc_info)
            return body
        try:
            content = b"".join(body)
        finally:
            getattr(body, "close", lambda: None)()
        if environ["REQUEST_METHOD"] == "HEAD":
            start_response(held.status, held.headers)
            return [content]
        page = KeptPage(
            headers=tuple(held.headers),
            body=content,
            etag=f'W/"{hashlib.sha256(content).hexdigest()[:16]}"',
            stamps={name: stamps.get(name, 0) for name in names} if stamps is not None else {},
        )
        if stamps is not None:
            self.pages.keep(key, page)
        return _hand_out(page, environ, start_response)


def _reads(environ: "WSGIEnvironment") -> bool:
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ.get("PATH_INFO") not in UNKEPT


class _HeldStart:
    """Takes what the application says first, until it is known what to do with it."""

    status = ""
    exc_info: Any = None

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        self.status, self.headers, self.exc_info = status, headers, exc_info
        return _no_write

    @property
    def sets_cookie(self) -> bool:
        """Whether the response starts or changes a session: then it is for one person only."""
        return any(name.lower() == "set-cookie" for name, _ in self.headers)

    @property
    def private_headers(self) -> list[tuple[str, str]]:
        """The headers, without the permission to be kept by others if there is a cookie in them."""
        if not self.sets_cookie:
            return self.headers
        others = [each for each in self.headers if each[0].lower() != "cache-control"]
        return [*others, ("Cache-Control", "private, no-store")]


def _no_write(_data: bytes) -> None:
    raise RuntimeError("the old way of writing responses is not used here")


def _hand_out(
    page: KeptPage, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    headers = [*page.headers, ("ETag", page.etag)]
    if page.etag.removeprefix("W/") in environ.get("HTTP_IF_NONE_MATCH", ""):
        unsent = ("content-length", "content-type")
        start_response(
            "304 Not Modified", [each for each in headers if each[0].lower() not in unsent]
        )
        return []
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]


def _key(environ: "WSGIEnvironment") -> Key:
    return (
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        "HTTP_HX_REQUEST" in environ,
    )


def _holds_session(environ: "WSGIEnvironment") -> bool:
    """Whether the browser sent a session cookie or credentials, even ones that are worth nothing."""
    return SESSION_COOKIE in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
