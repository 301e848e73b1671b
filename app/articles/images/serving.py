"""Handing images out: for ever where everybody may see them, and never as something a browser would run."""

from flask import Response, redirect, send_file

from app.articles.assets.known import EXTENSIONS
from app.articles.images.access import MISSING, Served
from app.core import storage
from app.core.errors import NotFound

FOR_EVER = "public, max-age=31536000, immutable"
FOR_ONE = "private, no-cache"
"""Whoever signs out leaves no picture behind that is shown without asking."""

DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
POLICY = "default-src 'none'; sandbox"
_TYPES = {extension: kind for kind, extension in EXTENSIONS.items()}


def served(found: Served, name: str) -> Response:
    """The image, or the copy of that name.  While that is not made yet, the way to the image itself.

    Raises NotFound.
    """
    original = found.image.url.rpartition("/")[2]
    if name == original:
        return _sent(found, found.image.sha256, name)
    if name in found.sizes:
        return _sent(found, found.sizes[name], name)
    if name not in {f"{width}.{extension}" for width, extension in found.image.copies}:
        raise NotFound(MISSING)
    answer = redirect(found.image.url, code=302)
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]


def _sent(found: Served, sha256: str, name: str) -> Response:
    place = storage.path(sha256)
    if not place.is_file():
        raise NotFound(MISSING)
    answer = send_file(
        place,
        mimetype=_TYPES[name.rpartition(".")[2]],
        as_attachment=not found.image.is_picture,
        download_name=found.image.name.rpartition("/")[2],
        etag=sha256,
        max_age=None,
    )
    headers = answer.headers
    headers["Cache-Control"] = FOR_EVER if found.is_public else FOR_ONE
    headers["Content-Security-Policy"] = DRAWING_POLICY if name.endswith(".svg") else POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    if not found.is_public:
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
