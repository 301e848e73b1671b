"""Header text: RFC 2047 words as mail programs really write them, and raw bytes beyond ASCII."""

import binascii
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.mail.parsing.charsets import text_of

LONGEST = 262_144
"""Characters of one header value that are read."""

WORD = re.compile(
    r"=\?([\w.:+-]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]{0,4000}(?:\?(?!=)[^?\r\n]{0,4000}){0,8})\?="
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FOLD = re.compile(r"[\r\n]+[ \t]*")


def raw_text(value: bytes, *, hints: Sequence[str] = ()) -> str:
    """A header value as text, its encoded words untouched.

    Raw bytes are UTF-8 (RFC 6532), else in a character set that the mail names somewhere (`hints`).
    """
    value = value[:LONGEST]
    if value.isascii():
        return value.decode("ascii")
    for charset in ("utf-8", *hints):
        text, is_sound = text_of(value, charset)
        if is_sound:
            return text
    return text_of(value, hints[0] if hints else None)[0]


def one_line(text: str) -> str:
    """Text for one line: folds undone, blanks squeezed, nothing that cannot be seen at its ends."""
    return " ".join(_CONTROLS.sub("", text).split())


def decoded(text: str) -> str:
    """The text with its encoded words read.

    Words of one character set that stand side by side are joined before they are decoded: many
    programs split them in the middle of a character.  What cannot be read is left as it stands.
    """
    if "=?" not in text:
        return text
    return "".join(_pieces(text[:LONGEST]))


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for adjacent, run in groupby(_words(text), key=lambda word: word[0]):
        del adjacent
        words = list(run)
        first, last = words[0][1], words[-1][1]
        yield text[end : first.start()] if not words[0][2] else ""
        data = b"".join(_data(match) for _, match, _ in words)
        yield text_of(data, first[1])[0]
        end = last.end()
    yield text[end:]


def _words(text: str) -> Iterator[tuple[int, re.Match[str], bool]]:
    """Each word with the number of its run of one character set, and whether another is beside it."""
    run, before = 0, None
    for match in WORD.finditer(text):
        beside = before is not None and not text[before.end() : match.start()].strip()
        same = before is not None and match[1].lower() == before[1].lower()
        if not (beside and same):
            run += 1
        yield run, match, beside
        before = match


def _data(match: re.Match[str]) -> bytes:
    body = match[3]
    if match[2] in "qQ":
        return binascii.a2b_qp(body.replace(" ", "_").encode("utf-8", "replace"), header=True)
    letters = re.sub(r"[^A-Za-z0-9+/]", "", body)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
