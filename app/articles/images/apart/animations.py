"""Moving pictures without what is told beside them: their chunks are copied, all others left out."""

import struct
from collections.abc import Iterator

from app.articles.images.apart.unfit import Unfit

_BROKEN = "is damaged or cut short. Save it again from where it came."

# PNG, third edition, 11 and 13: what decides on pixels and motion.
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT", b"gAMA", b"cHRM"}
    | {b"sRGB", b"sBIT", b"bKGD"}
)
# RFC 9649, 2.7: the flags of ICC profile, Exif and XMP in the chunk VP8X.
_WEBP_TOLD = 0x20 | 0x08 | 0x04
_WEBP_KEPT = frozenset({b"VP8X", b"ANIM", b"ANMF", b"VP8 ", b"VP8L", b"ALPH"})
# GIF89a, 18 to 27.
_IMAGE, _EXTENSION, _TRAILER, _CONTROL, _APPLICATION = 0x2C, 0x21, 0x3B, 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def stripped(kind: str, data: bytes) -> bytes:
    """The same pictures in the same order.  Raises Unfit."""
    parts = {"image/png": _png, "image/webp": _webp, "image/gif": _gif}.get(kind)
    if parts is None:
        raise Unfit("moves, in a form that is not known. Save it as a GIF.")
    try:
        return b"".join(parts(data))
    except (IndexError, struct.error) as fault:
        raise Unfit(_BROKEN) from fault


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG_HEAD
    at = len(_PNG_HEAD)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind in _PNG_KEPT:
            yield data[at : at + 12 + length]
        at += 12 + length
        if kind == b"IEND":
            return


def _webp(data: bytes) -> Iterator[bytes]:
    kept = b"".join(_webp_chunks(data))
    yield b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + length + length % 2])
        if kind == b"VP8X":
            chunk[8] &= ~_WEBP_TOLD & 0xFF
        if kind in _WEBP_KEPT:
            yield bytes(chunk)
        at += 8 + length + length % 2


def _gif(data: bytes) -> Iterator[bytes]:
    at = 13 + _colours_bytes(data[10])
    yield data[:at]
    while data[at] != _TRAILER:
        start = at
        if data[at] == _IMAGE:
            at = _after_blocks(data, at + 11 + _colours_bytes(data[at + 9]))
            yield data[start:at]
        elif data[at] == _EXTENSION:
            at = _after_blocks(data, at + 2)
            loops = data[start + 1] == _APPLICATION and data[start + 3 : start + 14] in _LOOPS
            if data[start + 1] == _CONTROL or loops:
                yield data[start:at]
        else:
            raise Unfit(_BROKEN)
    yield bytes([_TRAILER])


def _colours_bytes(flags: int) -> int:
    return 3 * 2 ** ((flags & 0x07) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
