"""The lines of a mail, and what each is: words, a quote, an empty line, or something a program wrote."""

import re
from enum import Enum

from app.mail.parsing.replies import phrases

LONGEST_LINE = 1_000
"""Characters of a line that are looked at: nothing that a program writes is longer."""


class Kind(Enum):
    """What a line is."""

    EMPTY = "e"
    TEXT = "t"
    QUOTE = "q"
    RULE = "r"
    UNDERLINE = "u"
    SIGNATURE = "s"
    SENT_FROM = "m"
    HISTORY = "h"
    """From here on all is quoted whole: a mark, a block of headers, our own line."""


_QUOTE = re.compile(r"^\s{0,3}(?:[A-Z]{1,3})?[>＞]")
_GLYPH = "\u1427"
"""What a program that follows readers leaves in texts instead of a picture."""

_RULE = re.compile(r"^[\s>]*(?:[-_=*~—–‐―#·•+]\s?){3,}\s*$")
_UNDERLINE = re.compile(r"^_{5,}$")
_SIGNATURE = re.compile(r"^(?:--|—|–|-- ?\xa0|__)\s*$")
_SENT_FROM = re.compile(rf"^\W{{0,3}}{phrases.SENT_FROM}", re.IGNORECASE)
_DASHES = "-_=*—–‐―+ \t\xa0"
_ORIGINAL = re.compile(rf"{phrases.ORIGINAL}\s*[:：]?", re.IGNORECASE)
_FORWARDED = re.compile(rf"\W{{0,3}}{phrases.FORWARDED}\s*[:：]\W{{0,3}}", re.IGNORECASE)
_ABOVE = re.compile(
    rf"[\W_]{{0,40}}(?:please\s|bitte\s)?{phrases.ABOVE_THIS_LINE}.{{0,40}}",
    re.IGNORECASE,
)


def kind_of(line: str) -> Kind:
    """What a line is by itself."""
    line = line[:LONGEST_LINE]
    bare = line.strip()
    if bare in ("", _GLYPH):
        return Kind.EMPTY
    if _QUOTE.match(line):
        return (
            Kind.HISTORY if len(bare) < 150 and _ABOVE.fullmatch(bare.lstrip("> ")) else Kind.QUOTE
        )
    if _SIGNATURE.match(line):
        return Kind.SIGNATURE
    if _UNDERLINE.match(bare):
        return Kind.UNDERLINE
    if _RULE.match(line):
        return Kind.RULE
    if len(bare) > 150:
        return Kind.TEXT
    if _is_dashed(bare) or _FORWARDED.fullmatch(bare) or _ABOVE.fullmatch(bare):
        return Kind.HISTORY
    return Kind.SENT_FROM if _SENT_FROM.match(bare) else Kind.TEXT


def is_between_dashes(line: str) -> bool:
    """Whether the line is words between dashes."""
    bare = line.strip()
    return (
        len(bare) < 150 and bare.startswith("--") and bare.endswith("--") and bare.strip("- ") != ""
    )


def _is_dashed(bare: str) -> bool:
    """Whether it is like `-----Original Message-----`."""
    words = bare.lstrip(_DASHES)
    return len(bare) - len(words) >= 2 and bool(_ORIGINAL.fullmatch(words.rstrip(_DASHES)))
