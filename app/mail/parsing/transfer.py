"""Transfer encodings undone (RFC 2045 section 6), the way other mail programs bear with faults."""

import binascii
import re
from collections.abc import Iterator

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_BEHIND_PADDING = re.compile(rb"=[ \t]+[^\r\n]*")
_UU_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} +(.+?)[ \t]*\r?$", re.MULTILINE)


def decoded(data: bytes, encoding: str) -> bytes:
    """The bytes that were meant; `data` itself when the encoding is unknown."""
    match "".join(encoding.lower().split()).strip("\"';"):
        case "base64":
            return base64(data)
        case "quoted-printable":
            return binascii.a2b_qp(data)
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            begin = _UU_BEGIN.search(data)
            return uu(data, begin.end())[0] if begin else data
        case _:
            return data


def base64(data: bytes) -> bytes:
    """Base64 with whatever stands between its letters left out.

    It may have been padded in its middle, which happens where pieces were encoded one by one, and
    it may have been cut off.
    """
    letters = _NOT_BASE64.sub(b"", _BEHIND_PADDING.sub(b"=", data))
    if b"=" not in letters.rstrip(b"="):
        return _base64(letters.rstrip(b"="))
    return b"".join(_base64(piece) for piece in re.split(rb"=+", letters))


def _base64(letters: bytes) -> bytes:
    whole = letters if len(letters) % 4 != 1 else letters[:-1]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def uu(data: bytes, at: int) -> tuple[bytes, int]:
    """The content of uuencoded lines that begin at `at` (after the line `begin`), and where they end."""
    found: list[bytes] = []
    for line, end in _lines(data, at):
        if line.strip() == b"end":
            return b"".join(found), end
        piece = _uu_line(line)
        if piece is None:
            break
        at = end
        found.append(piece)
    return b"".join(found), at


def _uu_line(line: bytes) -> bytes | None:
    if not line:
        return None
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # blanks or a checksum behind the line
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:length])
        except binascii.Error:
            return None


def _lines(data: bytes, at: int) -> Iterator[tuple[bytes, int]]:
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end + 1
        yield data[at:end].rstrip(b"\r\n"), end
        at = end
