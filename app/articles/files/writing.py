"""Writing files: whole or not at all, and only over what was seen."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.articles.files.manuscript import sha_of
from app.articles.files.source_file import normalised
from app.core.comparing import differences, lines_of

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_RAW_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(r"[\r\n]+\Z")


class FileChanged(Exception):
    """The file is not as it was seen: somebody else has written it, and must not be overwritten."""


def write(root: Path, path: str, text: str, *, seen: str | None) -> str:
    """Put the text there in place of what was seen (its hash; None: no file).  Gives the new hash.

    Line ends and a byte order mark stay as they were, line by line.  After a crash the file is the
    old or the new one.  Raises FileChanged, and OSError.
    """
    target = _inside(root, path)
    _compare(target, seen)
    if seen is None:
        if not put_new(root, path, text.encode()):
            raise FileChanged(f"{target} is there already.")
        return sha_of(text)
    data = _in_the_manner_of(_bytes_of(target) or b"", text)
    with _beside(target, data) as temporary:
        temporary.chmod(target.stat().st_mode)
        _compare(target, seen)
        temporary.replace(target)
    _sync_folder(target.parent)
    return sha_of(text)


def put_new(root: Path, path: str, data: bytes) -> bool:
    """Put bytes where no file is.  Gives whether there was none.  Raises OSError."""
    target = _inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target, data) as temporary:
        try:
            os.link(temporary, target)  # unlike a rename, it never replaces
        except FileExistsError:
            return False
    _sync_folder(target.parent)
    return True


def remove(root: Path, path: str, *, seen: str | None) -> None:
    """Take the file away if it is as it was seen.  Raises FileChanged, and OSError."""
    target = _inside(root, path)
    _compare(target, seen)
    target.unlink()
    _sync_folder(target.parent)


def _compare(target: Path, seen: str | None) -> None:
    found = _bytes_of(target)
    try:
        is_the_same = (None if found is None else sha_of(normalised(found))) == seen
    except UnicodeDecodeError:
        is_the_same = False
    if not is_the_same:
        raise FileChanged(f"{target} was changed meanwhile.")


def _inside(root: Path, path: str) -> Path:
    """The file.  Raises OSError for one that would lie elsewhere, over `..` or a link."""
    target = root / path
    if not target.parent.resolve().is_relative_to(root.resolve()) or target.is_symlink():
        raise OSError(f"{path} does not lie in {root}.")
    return target


def _bytes_of(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _beside(target: Path, data: bytes) -> Iterator[Path]:
    """A hidden file beside the target, on the disk for certain; what a crash leaves is used again."""
    temporary = target.with_name(f".{target.name}.hearth")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    try:
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _sync_folder(folder: Path) -> None:
    """Let the name be on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _in_the_manner_of(old: bytes, text: str) -> bytes:
    """The text as bytes; lines that were there keep their ends, new ones get those of most others."""
    mark = BYTE_ORDER_MARK if old.startswith(BYTE_ORDER_MARK) else b""
    if b"\r" not in old:
        return mark + text.encode()
    raw = _RAW_LINE.findall(old.removeprefix(mark).decode())
    ends = (end[0] for line in raw if (end := _END.search(line)))
    usual = Counter(ends).most_common(1)[0][0]
    lines = lines_of(text)
    kept = _shared(lines_of(normalised(old)), lines)
    made = [
        raw[kept[at]] if at in kept else line.replace("\n", usual) for at, line in enumerate(lines)
    ]
    return mark + "".join(made).encode()


def _shared(old: list[str], new: list[str]) -> dict[int, int]:
    """Which line of the new text was which line of the old one."""
    found: dict[int, int] = {}
    i = j = 0
    for each in differences(old, new):
        found |= zip(range(j, each.new_from), range(i, each.old_from), strict=True)
        i, j = each.old_to, each.new_to
    return found | dict(zip(range(j, len(new)), range(i, len(old)), strict=True))
