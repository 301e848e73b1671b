"""A static file as it is sent: its bytes, its fingerprint, its compressed forms."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

import brotli  # type: ignore[import-untyped]

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
COMPRESSED_ALREADY = frozenset({".png", ".woff2"})


@dataclass(frozen=True)
class Asset:
    """One file under `static/`, or several of them joined."""

    path: str
    body: bytes

    @cached_property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change whenever the content does."""
        return hashlib.sha256(self.body).hexdigest()[:8]

    @property
    def content_type(self) -> str:
        """What the browser is told it is."""
        return TYPES[self._suffix]

    def encoded(self, accepted: str) -> tuple[str, bytes]:
        """The best encoding that `Accept-Encoding` allows, "" for none, and the bytes in it."""
        if self._suffix in COMPRESSED_ALREADY:
            return "", self.body
        if "br" in accepted:
            return "br", self._brotli
        if "gzip" in accepted:
            return "gzip", self._gzip
        return "", self.body

    # Compressed when first asked for: the best quality costs time that the start has not.
    @cached_property
    def _brotli(self) -> bytes:
        squeezed: bytes = brotli.compress(self.body, quality=11)
        return squeezed

    @cached_property
    def _gzip(self) -> bytes:
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    @property
    def _suffix(self) -> str:
        return PurePosixPath(self.path).suffix
