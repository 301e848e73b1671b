"""The words of a search as they may be kept: none that could tell who searched."""

import re

MOST_WORDS = 8
LONGEST = 80

_TELLING = re.compile(
    r"@"  # an address, or a name on some network
    r"|://|www\."
    r"|\d(?:[\s().,/+-]{0,3}\d){4}"  # numbers of customers, orders, telephones, accounts
    r"|\b(?=\w*\d)(?=\w*[a-z])\w{12,}\b",  # codes and keys
    re.IGNORECASE,
)


def keepable(text: str) -> str | None:
    """The words in lower case; None for what may be about somebody, and for what is no question."""
    words = " ".join(text.lower().split()).strip(" ?!.\"'*")
    short = 3 <= len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    return words if short and not _TELLING.search(text) else None
