"""Reading zips that strangers made: no path leads out, no bomb goes off, no name is lost."""

import io
import lzma
import stat
import struct
import unicodedata
import zipfile
import zlib

from app.articles.exchange.source.source import (
    JUNK,
    LARGEST_BYTES,
    LARGEST_ENTRY_BYTES,
    MOST_ENTRIES,
    Source,
    UnusableSource,
)

LARGEST_RATIO = 200
"""How many bytes one byte may unpack to, in files of more than a megabyte; text gives 3 to 10."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, NotImplementedError, UnicodeDecodeError),
)
"""What reading a zip raises that is damaged, or packed in a way that nobody knows."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field (APPNOTE.TXT 4.6.9)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)


def read_archive(name: str, data: bytes) -> Source:
    """The files in a zip.  Raises UnusableSource for one that is broken, or larger than allowed."""
    source = Source(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            _refuse_bomb(entries)
            total = 0
            for entry in entries:
                content = _content(archive, entry, source, left=LARGEST_BYTES - total)
                total += len(content)
                _take(entry, content, source)
    except _BROKEN as fault:
        raise UnusableSource(f"The zip cannot be read: {fault}.") from fault
    return source


def name_of(entry: zipfile.ZipInfo) -> str:
    """The path of an entry, in Unicode, however its packer wrote it."""
    raw = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        told = _unicode_path(entry.extra)
        raw = told or _decoded(raw.encode("cp437", errors="replace")) or raw
    return unicodedata.normalize("NFC", raw.replace("\\", "/"))


def safe_path(raw: str) -> str | None:
    """The path as files here may be called; None for one that leads out of the archive."""
    if raw.startswith("/") or raw[1:2] == ":":
        return None
    parts = [part for part in raw.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or "\0" in raw:
        return None
    return "/".join(_safe_name(part) for part in parts)


def _safe_name(name: str) -> str:
    clean = "".join("_" if char in '<>:"|?*' or ord(char) < 32 else char for char in name)
    clean = clean.rstrip(" .") or "_"
    return f"_{clean}" if clean.partition(".")[0].lower() in _DEVICES else clean


def _take(entry: zipfile.ZipInfo, content: bytes, source: Source) -> None:
    raw = name_of(entry)
    if JUNK.intersection(raw.split("/")):
        return
    path = safe_path(raw)
    if path is None:
        path = "unsafe/" + (safe_path(raw.replace("..", "").replace(":", "").lstrip("/")) or "file")
        source.note(raw, "E301", f"The path leads out of the archive; the file is kept as {path}.")
        path += ".unsafe"
    elif stat.S_ISLNK(entry.external_attr >> 16):
        source.note(raw, "E301", "This is a symbolic link, and is not followed.")
        path += ".link"
    elif path != raw:
        source.note(raw, "W306", f"The name cannot be used everywhere; it is taken as {path}.")
    source.add(path, content)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source, left: int) -> bytes:
    """The bytes, counted while they are unpacked: what the directory says may be a lie."""
    if entry.flag_bits & _ENCRYPTED:
        raise UnusableSource(f"{name_of(entry)} is encrypted. Pack the zip without a password.")
    most = min(LARGEST_ENTRY_BYTES, left)
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise UnusableSource(f"{name_of(entry)} unpacks to more than can be imported at once.")
    return content


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UnusableSource(f"There are more than {MOST_ENTRIES:,} files in it.")
    if sum(each.file_size for each in entries) > LARGEST_BYTES:
        raise UnusableSource(f"It unpacks to more than {LARGEST_BYTES >> 20} MiB.")
    for each in entries:
        packed = max(each.compress_size, 1)
        if each.file_size > 1 << 20 and each.file_size / packed > LARGEST_RATIO:
            raise UnusableSource(f"{name_of(each)} unpacks to far more than any text does.")


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            return _decoded(extra[9 : 4 + size])
        extra = extra[4 + size :]
    return None
