"""Secrets that have to be read again: sealed with a key that is made of the secret key.

What an older secret key sealed can be opened while that key is among the fallbacks.
"""

from collections.abc import Sequence

from app.core.settings import settings


class Unopened(Exception):
    """It was sealed with a key that is not known here any more, or was changed."""


def seal(text: str) -> str:
    """The text for nobody's eyes, in the Fernet format."""
    from app.core.fernet_keys import encrypted  # noqa: PLC0415 - 7 MB that pages do without

    return encrypted(text.encode(), key=settings().secret_key).decode()


def unseal(sealed: str) -> str:
    """What was sealed.  Raises Unopened."""
    keys = (settings().secret_key, *settings().secret_key_fallbacks)
    opened = _opened(sealed, keys)
    if opened is None:
        raise Unopened
    return opened.decode()


def seal_anew(sealed: str) -> str:
    """The same under the present key, so that older ones can be dropped.  Raises Unopened."""
    return seal(unseal(sealed))


def is_current(sealed: str) -> bool:
    """Whether the present key alone opens it."""
    return _opened(sealed, [settings().secret_key]) is not None


def _opened(sealed: str, keys: Sequence[str]) -> bytes | None:
    from app.core.fernet_keys import decrypted  # noqa: PLC0415 - as above

    return decrypted(sealed.encode(), keys=keys)
