"""Structured headers of MIME: a value and its parameters, continued, encoded or badly quoted.

RFC 2045 section 5.1, RFC 2183, RFC 2231; and what is written instead of them.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote_to_bytes

from app.mail.parsing.charsets import text_of
from app.mail.parsing.encoded_words import decoded, one_line

MOST = 500
"""Parameters of one header that are read."""

_VALUE = re.compile(r"""\s*([^\s;="/]+(?:\s*/\s*[^\s;="]+)?)(?!\s*=|[^\s;])""")
"""Up to a semicolon, or a blank where the semicolon was forgotten; not the name of a parameter."""

_PIECE = re.compile(r"""(?:[^;"]|"(?:[^"\\]|\\.)*(?:"|\\?\Z))+""", re.DOTALL)
_QUOTED = re.compile(r"""\s*"((?:[^"\\]|\\.)*)"?""", re.DOTALL)
_SECTION = re.compile(r"^(.*?)(?:\*(\d{1,4}))?(\*)?$", re.DOTALL)


def value_and_parameters(text: str) -> tuple[str, dict[str, str]]:
    """The value in lower case, and its parameters under names in lower case; the first of a name counts."""
    match = _VALUE.match(text)
    value, rest = (match[1], text[match.end() :]) if match else ("", text)
    return "".join(value.split()).lower(), {
        name: _text(pieces) for name, pieces in _sections(rest).items()
    }


def _sections(rest: str) -> dict[str, dict[int, tuple[str, bool]]]:
    """name → section number (-1: none) → text, and whether it is percent-encoded."""
    found: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in islice(_pairs(rest), MOST):
        section = _SECTION.match(name.lower())
        if section and section[1]:
            number = int(section[2]) if section[2] else -1
            found.setdefault(section[1], {}).setdefault(number, (value, bool(section[3])))
    return found


def _pairs(rest: str) -> Iterator[tuple[str, str]]:
    """Names and values as they stand, quotes taken off; a semicolon between two may be missing."""
    for piece in _PIECE.finditer(rest):
        name, sign, value = piece[0].partition("=")
        while sign:
            quoted = _QUOTED.match(value)
            if not quoted:
                yield name.strip(), value.strip()
                break
            yield name.strip(), re.sub(r"\\([\"\\])", r"\1", quoted[1])
            name, sign, value = value[quoted.end() :].partition("=")


def _text(pieces: dict[int, tuple[str, bool]]) -> str:
    """One parameter: its sections in order, its character set from the first."""
    if -1 in pieces and len(pieces) > 1 and not pieces[-1][1]:
        pieces = {number: piece for number, piece in pieces.items() if number >= 0}
    ordered = [pieces[number] for number in sorted(pieces)]
    if not any(encoded for _, encoded in ordered):
        return one_line(decoded("".join(text for text, _ in ordered)))
    charset, data = None, b""
    for index, (text, encoded) in enumerate(ordered):
        if encoded and index == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return one_line(text_of(data, charset or None)[0])
