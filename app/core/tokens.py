"""Signed links: what a person holds instead of a password, for one purpose only."""

from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.core.errors import NotFound
from app.core.settings import settings

DAY_S = 24 * 3600


class BadToken(NotFound):
    """The link was changed, has expired, or was made for something else."""

    def __init__(self) -> None:
        super().__init__("This link does not work any more. Links expire, and some work only once.")


def sign(purpose: str, data: dict[str, Any]) -> str:
    """A URL-safe text that says `data`, cannot be forged, and is good for `purpose` alone."""
    return str(_serializer(purpose).dumps(data))


def read(purpose: str, token: str, *, max_age_s: int) -> dict[str, Any]:
    """What was signed.  Raises BadToken if changed, older than `max_age_s`, or for another purpose."""
    try:
        data: dict[str, Any] = _serializer(purpose).loads(token, max_age=max_age_s)
    except BadData as fault:
        raise BadToken from fault
    return data


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    keys = [*current_app.config["SECRET_KEY_FALLBACKS"], settings().secret_key]
    return URLSafeTimedSerializer(keys, salt=f"hearth {purpose}")
