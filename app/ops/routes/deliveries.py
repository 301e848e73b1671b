"""Mail that relays bring.  They read plain text, so refusals are told in it."""

from typing import Any

from flask import Response, make_response, request

from app.core.errors import Refusal, TooLarge
from app.core.settings import settings
from app.mail import relaying
from app.mail.receiving import Accepted

AGAIN_S = "60"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def allow_whole_mails(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let requests that bring mail be as large as mail may be, before anybody reads them."""
    if endpoint == "ops.take_delivery":
        request.max_content_length = settings().mail_limit_bytes


def take_delivery() -> Response:
    """Store one mail, 200 once that is certain; a relay that hears anything else sends it again."""
    try:
        taken = _take()
    except Refusal as refusal:
        return make_response(f"{refusal.message}\n", refusal.status, _PLAIN)
    except OSError:
        words = "The desk cannot store mail right now. Try again later.\n"
        return make_response(words, 503, {**_PLAIN, "Retry-After": AGAIN_S})
    return make_response({"mail": taken.mail_id, "new": taken.is_new}, 200)


def _take() -> Accepted:
    timestamp = request.headers.get("X-Hearth-Timestamp", "")
    signature = request.headers.get("X-Hearth-Signature", "")
    relaying.check_time(timestamp)
    if request.mimetype in FORMS:
        raise NoMail("Send the mail as it is, with the header Content-Type: message/rfc822.")
    if (request.content_length or 0) > settings().mail_limit_bytes:
        raise TooLarge("The mail is larger than this desk takes.")
    return relaying.take(request.get_data(), timestamp=timestamp, signature=signature)


class NoMail(Refusal):
    """A form where a mail should be."""

    status = 415


_PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
