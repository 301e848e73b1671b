"""Secrets that have to be read again: sealed with a key that is made of the secret key.

What an older secret key sealed can be opened while that key is among the fallbacks.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.settings import settings


class Unopened(Exception):
    """It was sealed with a key that is not known here any more, or was changed."""


def seal(text: str) -> str:
    """The text for nobody's eyes: AES-128 in CBC mode with HMAC-SHA-256 (the Fernet format)."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed.  Raises Unopened."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unopened from fault


def seal_anew(sealed: str) -> str:
    """The same under the present key, so that older ones can be dropped.  Raises Unopened."""
    return seal(unseal(sealed))


def is_current(sealed: str) -> bool:
    """Whether the present key alone opens it."""
    try:
        _fernet(settings().secret_key).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    keys = (settings().secret_key, *settings().secret_key_fallbacks)
    return MultiFernet([_fernet(key) for key in keys])


@cache
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hearth sealing")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
