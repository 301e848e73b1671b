"""Handing files out: as downloads, never as something a browser would run."""

import logging

from flask import Response, send_file

from app.attachments.attachment import Attachment
from app.core import storage
from app.core.errors import NotFound

log = logging.getLogger(__name__)


def download(attachment: Attachment) -> Response:
    """The file as a download under its own name.  Who may have it was decided before.

    Raises NotFound when its bytes are gone.
    """
    place = storage.path(attachment.sha256)
    if not place.is_file():
        log.error("file missing", extra={"attachment": attachment.id, "sha256": attachment.sha256})
        raise NotFound("This file is no longer in our storage. Ask for it to be sent again.")
    answer = send_file(
        place,
        mimetype=attachment.type,
        as_attachment=True,
        download_name=attachment.name,
        etag=attachment.sha256,
        max_age=None,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
