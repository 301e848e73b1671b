"""Opening a source: a folder, a zip, or a single file."""

import os
from pathlib import Path

from app.articles.exchange.source.archives import read_archive
from app.articles.exchange.source.source import (
    JUNK,
    LARGEST_BYTES,
    LARGEST_ENTRY_BYTES,
    Source,
    UnusableSource,
)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def open_source(path: Path) -> Source:
    """Everything in it.  Raises UnusableSource, and OSError for what cannot be read."""
    if path.is_dir():
        return _folder(path)
    if path.stat().st_size > LARGEST_BYTES:
        raise UnusableSource(f"The file is larger than {LARGEST_BYTES >> 20} MiB.")
    return source_of(path.name, path.read_bytes())


def source_of(name: str, data: bytes) -> Source:
    """The same of a file that somebody sent.  Raises UnusableSource."""
    if data.startswith(_ZIP):
        return read_archive(name, data).without_top()
    source = Source(name)
    source.add(name, data)
    return source


def _folder(root: Path) -> Source:
    source, total = Source(root.resolve().name), 0
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in JUNK)
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in sorted([*(name for name in files if name not in JUNK), *linked]):
            file = Path(folder) / name
            path = file.relative_to(root).as_posix()
            if file.is_symlink():
                source.note(path, "E301", "This is a symbolic link, and is not followed.")
                continue
            total += file.stat().st_size
            if file.stat().st_size > LARGEST_ENTRY_BYTES or total > LARGEST_BYTES:
                raise UnusableSource(f"{path} makes it larger than what can be imported at once.")
            source.add(path, file.read_bytes())
    return source
