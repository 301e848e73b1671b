"""Static files: addresses that change with the content, served from memory, kept for ever.

Style sheets are joined in the order of `css/order.txt`, script modules are joined with `js/app.js`:
once, at start.  Under `flask --debug` every file is read afresh and linked by itself.
"""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from app.core.web.asset import TYPES, Asset
from app.core.web.joining import join_modules, join_sheets, point_at

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/static/"
SHEET, SCRIPT = "css/app.css", "js/app.js"
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"


def init_app(app: Flask) -> None:
    """Serve `static/` in front of the application; give templates `asset(path)` and `sheets()`."""
    folder = Path(app.root_path) / "static"
    shelf = LiveShelf(folder) if app.debug else Shelf(folder)
    app.jinja_env.globals.update(asset=shelf.address, sheets=shelf.sheets)
    app.wsgi_app = _Front(shelf, app.wsgi_app)  # type: ignore[method-assign]


class Shelf:
    """Every file under a folder, read once, with one sheet and one script joined from many."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, path: str) -> Asset | None:
        """The file at a path below the folder."""
        return self._assets.get(path)

    def address(self, path: str) -> str:
        """Where to load it from.  Raises KeyError when there is no such file."""
        return self._addresses[path]

    def sheets(self) -> list[str]:
        """The addresses of the style sheets, in order."""
        return [self._addresses[SHEET]]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {path: address_of(asset) for path, asset in self._assets.items()}

    @cached_property
    def _assets(self) -> dict[str, Asset]:
        found = {path: read_asset(self.folder, path) for path in paths(self.folder)}
        joined = {
            SHEET: join_sheets(order(self.folder), lambda path: found[path].body.decode()),
            SCRIPT: join_modules(SCRIPT, lambda path: found[path].body.decode()),
        }
        return found | {path: Asset(path, text.encode()) for path, text in joined.items()}


class LiveShelf(Shelf):
    """The same for somebody at work on the files: nothing is joined, nothing is remembered."""

    def find(self, path: str) -> Asset | None:
        """The file as it is at this moment."""
        return read_asset(self.folder, path) if path in paths(self.folder) else None

    def address(self, path: str) -> str:
        """Where to load it from, as it is at this moment."""
        return address_of(read_asset(self.folder, path))

    def sheets(self) -> list[str]:
        """Every sheet by itself."""
        return [self.address(path) for path in order(self.folder)]


def paths(folder: Path) -> list[str]:
    """All files that may be served, relative to the folder."""
    found = (path for path in folder.rglob("*") if path.suffix in TYPES and path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def order(folder: Path) -> list[str]:
    """The style sheets in the order they apply."""
    return [f"css/{name}" for name in (folder / "css/order.txt").read_text().split()]


def read_asset(folder: Path, path: str) -> Asset:
    """Read a file; a sheet is made to load its fonts by their fingerprints."""
    body = (folder / path).read_bytes()
    if path.endswith(".css"):
        body = point_at(path, body.decode(), lambda it: address_of(read_asset(folder, it))).encode()
    return Asset(path, body)


def address_of(asset: Asset) -> str:
    """The address with the fingerprint in it."""
    return f"{PREFIX}{asset.fingerprint}/{asset.path}"


class _Front:
    """Hands out static files by itself and every other request to the application."""

    def __init__(self, shelf: Shelf, application: "WSGIApplication") -> None:
        self.shelf = shelf
        self.application = application

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        asset, cache_control = _requested(environ, self.shelf)
        if asset is None:
            return self.application(environ, start_response)
        encoding, body = asset.encoded(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers = [
            ("Content-Type", asset.content_type),
            ("Cache-Control", cache_control),
            ("ETag", f'W/"{asset.fingerprint}"'),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if asset.fingerprint in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", headers)
            return []
        if encoding:
            headers.append(("Content-Encoding", encoding))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _requested(environ: "WSGIEnvironment", shelf: Shelf) -> tuple[Asset | None, str]:
    """The static file that is asked for, if one is, and how long the answer may be kept."""
    path = environ.get("PATH_INFO", "")
    if not path.startswith(PREFIX) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None, ""
    fingerprint, _, path = path.removeprefix(PREFIX).partition("/")
    asset = shelf.find(path)
    known = asset is not None and asset.fingerprint == fingerprint
    return asset, FOREVER if known else BRIEFLY
