"""Files by their content: the name of a file is the SHA-256 of its bytes.

So the same bytes are kept once, a file never changes, and copying the folder while it is in use is
safe.  A file is either there whole or not at all, even after a power cut.
"""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.core.settings import settings

_CHUNK_BYTES = 1 << 20
_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Stored:
    """What is kept: its name and its size."""

    sha256: str
    bytes: int


def put(stream: IO[bytes]) -> Stored:
    """Keep what the stream still holds, on the disk for certain when this returns."""
    arrivals = _root() / "arriving"
    arrivals.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=arrivals, delete=False) as arriving:
        try:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += arriving.write(chunk)
            arriving.flush()
            os.fsync(arriving.fileno())
            _keep(Path(arriving.name), path(digest.hexdigest()))
        except BaseException:
            Path(arriving.name).unlink(missing_ok=True)
            raise
    return Stored(sha256=digest.hexdigest(), bytes=size)


def path(sha256: str) -> Path:
    """Where the file of that name lies, whether it is there or not."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no SHA-256")
    return _root() / sha256[:2] / sha256[2:]


def open(sha256: str) -> IO[bytes]:
    """The bytes of the file.  Raises FileNotFoundError."""
    return path(sha256).open("rb")


def _root() -> Path:
    return settings().instance / "files"


def _keep(arrived: Path, place: Path) -> None:
    """Give the file its name; one that is there already has the same bytes."""
    if place.exists():
        arrived.unlink()
        return
    place.parent.mkdir(exist_ok=True)
    arrived.replace(place)
    for folder in (place.parent, place.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
