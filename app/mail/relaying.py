"""Mail from relays, by HTTP: whether a delivery is genuine, and taking it in.

A relay signs what it brings with the secret that it shares with us: HMAC-SHA256 (RFC 2104) over the
time in seconds since 1970, a dot and the mail.  What is sent again is the same mail, so a replay
within the five minutes changes nothing.
"""

import hmac
import re
from typing import ClassVar

from app.core import clock
from app.core.errors import Refusal
from app.core.settings import settings
from app.mail.addressing import Directory
from app.mail.delivery import Delivery
from app.mail.heading import heading_of
from app.mail.inbound import Way
from app.mail.receiving import Accepted, accept

WINDOW_S = 300

_SECONDS = re.compile(r"\d{1,12}")


class NotGenuine(Refusal):
    """The delivery is not signed as it should be."""

    status: ClassVar[int] = 401


def check_time(timestamp: str) -> None:
    """Refuse an old or a future delivery before its mail is read.  Raises NotGenuine."""
    if not settings().relay_secret:
        raise NotGenuine("No relay may post here: HEARTH_RELAY_SECRET is not set.")
    if not _SECONDS.fullmatch(timestamp):
        raise NotGenuine("X-Hearth-Timestamp must be the time in seconds since 1970.")
    if abs(clock.now().timestamp() - int(timestamp)) > WINDOW_S:
        raise NotGenuine("X-Hearth-Timestamp is more than five minutes away from our clock.")


def take(raw: bytes, *, timestamp: str, signature: str) -> Accepted:
    """Take in a mail that a relay brings.  Raises NotGenuine, or OSError when the disk refuses it."""
    check_time(timestamp)
    signed = timestamp.encode() + b"." + raw
    expected = hmac.digest(settings().relay_secret.encode(), signed, "sha256").hex()
    if not hmac.compare_digest(expected.encode(), signature.strip().lower().encode()):
        raise NotGenuine("X-Hearth-Signature does not belong to this mail and time.")
    mark = f"{timestamp} {expected}"
    addressee = Directory().first_of(heading_of(raw, mark=mark).addressed)
    return accept(raw, Delivery(way=Way.RELAY, addressee=addressee, mark=mark))
