"""Headers within a text: how Outlook, Exchange and Notes begin a message that they quote."""

import re
from collections.abc import Sequence

from app.mail.parsing.replies import phrases

FARTHEST = 14
"""Lines within which the headers of one message stand."""

_NAMED = "|".join(f"(?P<{kind}>{words})" for kind, words in phrases.HEADERS.items())
_HEADER = re.compile(
    rf"^[\s*_|]{{0,6}}(?:{_NAMED})[\s*_]{{0,4}}[:：][\s*_]*(?P<value>.*)$", re.IGNORECASE
)
_INLINE = re.compile(rf"(?:^|[\s*_])(?:{_NAMED})[*_ ]{{0,3}}[:：]", re.IGNORECASE)


def begins_at(lines: Sequence[str], at: int) -> bool:
    """Whether the headers of a quoted message begin in this line.

    Three different ones make a message: a sender, and a subject or an address.  Values may go on in
    the next line, and each header may have an empty line below it.
    """
    first = _kind(lines[at])
    if first is None:
        return False
    if first == "from" and len(_kinds_within(lines[at])) >= 3:
        return True
    kinds, strangers, empty = {first}, 0, 0
    has_address = "@" in lines[at]
    for line in lines[at + 1 : at + FARTHEST]:
        kind = _kind(line)
        if kind is not None:
            kinds.add(kind)
            has_address = has_address or "@" in line
            strangers = empty = 0
        elif not line.strip():
            empty += 1
        else:
            strangers += 1
        if strangers > 2 or empty > 1 or (strangers and empty):
            break
    return "from" in kinds and len(kinds) >= 3 and (has_address or "subject" in kinds)


def _kind(line: str) -> str | None:
    match = _HEADER.match(line[:400])
    return match.lastgroup if match and match.lastgroup != "value" else _first_named(match)


def _first_named(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return next((kind for kind in phrases.HEADERS if match[kind]), None)


def _kinds_within(line: str) -> set[str]:
    return {kind for match in _INLINE.finditer(line[:1_000]) if (kind := _first_named(match))}
