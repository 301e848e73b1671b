"""The name by which a desk knows its own mail when it comes back to it: `X-Hearth-Desk`."""

import base64
import hmac
from collections.abc import Iterable

from app.core.settings import settings

HEADER = "X-Hearth-Desk"


def desk_id() -> str:
    """The same for all mail of this desk, and for no other desk; tells nothing of the key."""
    return _id_by(settings().secret_key)


def is_this_desk(ids: Iterable[str]) -> bool:
    """Whether one of these is ours, also by an older key."""
    keys = (settings().secret_key, *settings().secret_key_fallbacks)
    return not {_id_by(key) for key in keys}.isdisjoint(each.strip() for each in ids)


def _id_by(key: str) -> str:
    said = f"hearth desk {settings().public_url}".encode()
    return base64.b32encode(hmac.digest(key.encode(), said, "sha256")[:10]).decode().lower()
