"""Fernet keys (AES-128 in CBC mode with HMAC-SHA-256), made of secret keys of any length by HKDF."""

import base64
from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def encrypted(data: bytes, *, key: str) -> bytes:
    """The data as a token that the key opens."""
    return _fernet(key).encrypt(data)


def decrypted(token: bytes, *, keys: Sequence[str]) -> bytes | None:
    """What a token holds; None if none of the keys opens it."""
    try:
        return MultiFernet([_fernet(key) for key in keys]).decrypt(token)
    except InvalidToken:
        return None


@cache
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hearth sealing")
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
