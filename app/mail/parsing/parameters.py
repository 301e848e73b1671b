"""Structured headers of MIME: a value and its parameters, continued, encoded or badly quoted.

RFC 2045 section 5.1, RFC 2183, RFC 2231; and what is written instead of them.
"""

import re
from urllib.parse import unquote_to_bytes

from app.mail.parsing.charsets import text_of
from app.mail.parsing.encoded_words import decoded, one_line

MOST = 500
"""Parameters of one header that are read."""

_PARAMETER = re.compile(
    r""";?\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))""", re.DOTALL
)
_SECTION = re.compile(r"^(.*?)(?:\*(\d{1,4}))?(\*)?$", re.DOTALL)


def value_and_parameters(text: str) -> tuple[str, dict[str, str]]:
    """The value in lower case, and its parameters under names in lower case; the first of a name counts."""
    value, _, rest = text.partition(";")
    if "=" in value and "/" not in value:  # a parameter without the value before it
        value, rest = "", text
    return "".join(value.split()).lower(), _joined(_sections(rest))


def _sections(rest: str) -> dict[str, dict[int, tuple[str, bool, bool]]]:
    """name → section number → text, whether percent-encoded, whether quoted."""
    found: dict[str, dict[int, tuple[str, bool, bool]]] = {}
    for match in _first(_PARAMETER.finditer(rest)):
        parts = _SECTION.match(match[1].lower())
        if parts is None:
            continue
        name, number, star = parts.groups()
        quoted = match[2] is not None
        text = re.sub(r"\\([\"\\])", r"\1", match[2]) if quoted else match[3].strip()
        found.setdefault(name, {}).setdefault(
            int(number or 0) if number else -1, (text, bool(star), quoted)
        )
    return found


def _first(matches):  # type: ignore[no-untyped-def]
    for count, match in enumerate(matches):
        if count >= MOST:
            return
        yield match


def _joined(sections: dict[str, dict[int, tuple[str, bool, bool]]]) -> dict[str, str]:
    return {name: _text(pieces) for name, pieces in sections.items()}


def _text(pieces: dict[int, tuple[str, bool, bool]]) -> str:
    """One parameter: its sections in order, its character set from the first."""
    if -1 in pieces and len(pieces) > 1 and not pieces[-1][1]:
        pieces = {number: piece for number, piece in pieces.items() if number >= 0}
    ordered = [pieces[number] for number in sorted(pieces)]
    if not any(encoded for _, encoded, _ in ordered):
        return one_line(decoded("".join(text for text, _, _ in ordered)))
    charset, data = None, b""
    for index, (text, encoded, _) in enumerate(ordered):
        if encoded and index == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return one_line(text_of(data, charset or None)[0])
