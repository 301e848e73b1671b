"""What an opaque signed S/MIME part holds: the content of a CMS SignedData (RFC 5652), not its proof.

Nothing is verified here, and encrypted data stays closed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_INTEGER, _OCTETS, _OID, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x30, 0x31
_OCTETS_IN_PIECES, _TAGGED_0 = 0x24, 0xA0
_DEEPEST = 10


class _NotBer(ValueError):
    """The bytes are not what they should be."""


def signed_content(data: bytes) -> bytes | None:
    """The signed bytes; None when there are none in it."""
    cursor = _Cursor(data)
    try:
        cursor.enter(_SEQUENCE)
        if cursor.primitive(_OID) != _SIGNED_DATA:
            return None
        cursor.enter(_TAGGED_0)
        cursor.enter(_SEQUENCE)
        cursor.primitive(_INTEGER)
        cursor.skip(_SET)
        cursor.enter(_SEQUENCE)
        if cursor.primitive(_OID) != _DATA:
            return None
        cursor.enter(_TAGGED_0)
        return b"".join(cursor.octets())
    except _NotBer:
        return None


@dataclass
class _Cursor:
    """Reads BER (X.690) from front to back; every step raises _NotBer when it finds something else."""

    data: bytes
    at: int = 0

    def enter(self, tag: int) -> int | None:
        """Step into a constructed value; where it ends, None if an end-of-contents says so."""
        if self._byte() != tag:
            raise _NotBer
        return self._length()

    def primitive(self, tag: int) -> bytes:
        """Step over a value and return it."""
        end = self.enter(tag)
        if end is None:
            raise _NotBer
        value, self.at = self.data[self.at : end], end
        return value

    def skip(self, tag: int | None = None, depth: int = 0) -> None:
        """Step over a value of any kind."""
        end = self.enter(
            self.data[self.at] if tag is None and self.at < len(self.data) else tag or 0
        )
        if end is not None:
            self.at = end
            return
        while not self._at_end(None):
            if depth > _DEEPEST:
                raise _NotBer
            self.skip(None, depth + 1)

    def octets(self, depth: int = 0) -> Iterator[bytes]:
        """An octet string, in the pieces it comes in."""
        if self.data[self.at : self.at + 1] == bytes([_OCTETS]):
            yield self.primitive(_OCTETS)
            return
        end = self.enter(_OCTETS_IN_PIECES)
        if depth > _DEEPEST:
            raise _NotBer
        while not self._at_end(end):
            yield from self.octets(depth + 1)

    def _at_end(self, end: int | None) -> bool:
        if end is not None:
            return self.at >= end
        if self.data[self.at : self.at + 2] != b"\0\0":
            return False
        self.at += 2
        return True

    def _byte(self) -> int:
        if self.at >= len(self.data):
            raise _NotBer
        self.at += 1
        return self.data[self.at - 1]

    def _length(self) -> int | None:
        first = self._byte()
        if first == 0x80:
            return None
        length = first
        if first > 0x80:
            length = int.from_bytes(bytes(self._byte() for _ in range(min(first & 0x7F, 9))), "big")
        if self.at + length > len(self.data):
            raise _NotBer
        return self.at + length
