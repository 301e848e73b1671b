"""Images of articles: handing them out, taking one in."""

from flask import Response, jsonify, make_response, request
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from app.articles.images import access, storing
from app.articles.images.serving import served
from app.core.errors import InvalidInput, NotFound
from app.core.web.throttling import throttle

AN_HOUR = 300


def show_image(sha256: str, name: str) -> Response:
    """The image or a copy of it; who asks is looked at only where it matters."""
    if len(sha256) != 64:
        raise NotFound(access.MISSING)
    found = access.public_image(sha256) or access.image_or_404(sha256, current_user)
    return served(found, name)


def create_image() -> Response:
    """Take a picture or document in; for a script, which puts the Markdown into the text."""
    throttle("images", str(current_user.id), limit=AN_HOUR, per_s=3600)
    try:
        upload = request.files.get("file")
        if upload is None:
            return _refused("Choose a picture first.", 422)
        kept = storing.keep(upload.read(), upload.filename or "", by=current_user)
    except RequestEntityTooLarge:
        return _refused("The file is too large for this desk. Make it smaller.", 413)
    except InvalidInput as fault:
        return _refused(fault.message, 422)
    return jsonify(markdown=kept.markdown, url=kept.url)


def _refused(words: str, status: int) -> Response:
    return make_response(jsonify(error=words), status)
