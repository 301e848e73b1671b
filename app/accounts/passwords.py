"""Passwords: hashed with argon2id (RFC 9106, the library's defaults), never kept."""

import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.core.errors import InvalidInput

SHORTEST = 10
LONGEST = 200
FEWEST_DIFFERENT = 4
WORST = frozenset(
    Path(__file__).with_name("worst_passwords.txt").read_text(encoding="utf-8").splitlines()
)

NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$q8mN1dH1cG8KlP4/QGfqFQ"
    "$fISnhR9Exu6xidPXNdj2DMZse3PCe+5KHjsSjQU6mBY"
)
"""A hash of the present cost, which takes the place of that of somebody who has none."""

_hasher = PasswordHasher()


def check(password: str, *, email: str) -> None:
    """Raises InvalidInput (field `password`) for one that is too short, too long or easily guessed."""
    if len(password) < SHORTEST:
        raise InvalidInput(
            f"Use {SHORTEST} characters or more. A few words in a row are easy to remember.",
            field="password",
        )
    if len(password) > LONGEST:
        raise InvalidInput(f"Passwords can have {LONGEST} characters.", field="password")
    guess = password.casefold()
    own = {email.casefold(), email.casefold().partition("@")[0]}
    if is_known(password) or guess in own or len(set(guess)) < FEWEST_DIFFERENT:
        raise InvalidInput(
            "That one is among the first that somebody would try. Choose another.", field="password"
        )


def is_known(password: str) -> bool:
    """Whether everybody knows it; that of the demo company is one of them."""
    return password.casefold() in WORST


def hashed(password: str) -> str:
    """The hash to store.  Slow on purpose (about 50 ms): call it before a write transaction."""
    return _hasher.hash(_spelled(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; as slow for somebody who has none."""
    try:
        return _hasher.verify(stored or NOBODYS, _spelled(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def _spelled(password: str) -> str:
    """The same text for the same keys, whatever machine they were typed on (NFKC, RFC 8265)."""
    return unicodedata.normalize("NFKC", password)
