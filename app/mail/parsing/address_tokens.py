"""The tokens of an address header (RFC 5322 section 3.2), each comment as one, however deep it is nested."""

import re
from collections.abc import Iterator
from enum import Enum

from app.mail.parsing.encoded_words import WORD

LONGEST_QUOTE = 200


class Kind(Enum):
    """What a token is."""

    BLANK = "blank"
    WORD = "word"
    QUOTED = "quoted"
    LITERAL = "literal"
    ATOM = "atom"
    SPECIAL = "special"
    COMMENT = "comment"
    OPEN_COMMENT = "open comment"


Token = tuple[Kind, str]

_TOKEN = re.compile(
    rf"""(?P<BLANK>\s+)|(?P<WORD>{WORD.pattern})|(?P<QUOTED>"(?:[^"\\]|\\.){{0,{LONGEST_QUOTE}}}")"""
    r"""|(?P<LITERAL>\[[^\[\]]{0,300}\])|(?P<ATOM>[^\s()<>@,;:\\"\[\]]+)|(?P<SPECIAL>.)""",
    re.DOTALL,
)
_IN_COMMENT = re.compile(r"\\.|[()]", re.DOTALL)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a header value, in order; linear in its length."""
    at = 0
    while at < len(text):
        if text[at] == "(":
            end, is_closed = _comment_end(text, at)
            yield Kind.COMMENT if is_closed else Kind.OPEN_COMMENT, text[at + 1 : end].rstrip(")")
            at = end
        elif match := _TOKEN.match(text, at):
            yield Kind[match.lastgroup or "SPECIAL"], match[0]
            at = match.end()


def _comment_end(text: str, at: int) -> tuple[int, bool]:
    depth = 0
    for match in _IN_COMMENT.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end(), True
    return len(text), False
