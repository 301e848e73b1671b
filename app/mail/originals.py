"""Handing out a mail as it came: as a download, never as something a browser would show."""

import logging

from flask import Response, send_file

from app.core import storage
from app.core.errors import NotFound
from app.mail.inbound import InboundMail

log = logging.getLogger(__name__)


def download(mail: InboundMail) -> Response:
    """The bytes under a name of ours.  Who may have them was decided before.  Raises NotFound."""
    place = storage.path(mail.sha256)
    if not place.is_file():
        log.error("original missing", extra={"inbound": mail.id, "sha256": mail.sha256})
        raise NotFound("The original of this mail is not in our storage any more.")
    answer = send_file(
        place,
        mimetype="message/rfc822",
        as_attachment=True,
        download_name=f"mail-{mail.id}.eml",
        etag=mail.sha256,
        max_age=None,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
