"""Titles to the words of an address."""

import hashlib
import re
import unicodedata

LONGEST = 80

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """The title in `[a-z0-9-]{1,80}`, cut between words.

    A title without any Latin letter or digit gets a short name made from its hash, the same for the
    same title.
    """
    plain = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    ascii_only = plain.encode("ascii", "ignore").decode()
    words = _OTHER.sub("-", ascii_only.replace("'", "")).strip("-")
    return _cut(words) or hashlib.sha256(title.encode()).hexdigest()[:10]


def _cut(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    whole, _, _ = words[: LONGEST + 1].rpartition("-")
    return whole or words[:LONGEST]
