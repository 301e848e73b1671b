"""Packing files: into a zip that is the same for the same files, or into a folder that is not there yet."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from app.articles.files.writing import put_new

_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can name (APPNOTE.TXT 4.4.6)."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files by their paths, sorted; equal files give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _ALWAYS)
            entry.external_attr, entry.create_system = _PLAIN_FILE, _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return buffer.getvalue()


def write_out(files: Mapping[str, bytes], target: Path) -> None:
    """Write the files into a zip, if that is what the target is called, or into a new folder.

    Raises OSError, FileExistsError among them for a folder that holds something.
    """
    if target.suffix.lower() == ".zip":
        beside = target.with_name(f".{target.name}.part")
        beside.write_bytes(zipped(files))
        beside.replace(target)
        return
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"There is something in {target}. Name a folder that is empty.")
    for path, data in sorted(files.items()):
        put_new(target, path, data)
