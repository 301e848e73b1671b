"""Signed addresses: where answers to a mail go, and where it comes back to when it cannot arrive.

`help+r12.k5x…@example.org` says: an answer to mail 12 of the outbox, and nobody else can make such
an address.  So an answer names the conversation and the recipient of the mail that it answers, and
a bounce the very mail (VERP, "variable envelope return paths").  A local part has at most 64
characters and may be turned into lower case on its way (RFC 5321, 4.5.3.1.1 and 2.4).
"""

import base64
import hmac
import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.settings import settings

_SIGNED = re.compile(
    r"[^@]*\+(?P<purpose>[rb])(?P<id>\d{1,18})\.(?P<seal>[a-z2-7]{16})@.+", re.IGNORECASE
)
_LONGEST_LOCAL_PART = 64


class Purpose(StrEnum):
    """What the address is for."""

    REPLY = "r"
    BOUNCE = "b"


@dataclass(frozen=True)
class Signed:
    """What a signed address says: its purpose, and the id of a mail in the outbox."""

    purpose: Purpose
    mail_id: int


def sign(address: str, purpose: Purpose, mail_id: int) -> str:
    """The address with what it is to say in its local part; without it, when there is no room."""
    local, _, domain = address.rpartition("@")
    signed = f"{local}+{purpose}{mail_id}.{_seal(settings().secret_key, purpose, mail_id)}"
    return f"{signed}@{domain}" if len(signed) <= _LONGEST_LOCAL_PART else address


def read(address: str) -> Signed | None:
    """What an address says, if it was signed by us; older keys are accepted too."""
    found = _SIGNED.fullmatch(address.strip())
    if found is None:
        return None
    purpose, mail_id = Purpose(found["purpose"].lower()), int(found["id"])
    keys = (settings().secret_key, *settings().secret_key_fallbacks)
    given = found["seal"].lower()
    genuine = [hmac.compare_digest(given, _seal(key, purpose, mail_id)) for key in keys]
    return Signed(purpose, mail_id) if any(genuine) else None


def _seal(key: str, purpose: Purpose, mail_id: int) -> str:
    """80 bits of HMAC-SHA-256, in letters that survive lower case (RFC 4648, 6)."""
    said = f"hearth mail address {purpose}{mail_id}".encode()
    return base64.b32encode(hmac.digest(key.encode(), said, "sha256")[:10]).decode().lower()
