"""Files as they lie in the folder: which there are, and their text."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.articles.files.fault import Fault, Faulty, place

LARGEST_BYTES = 1 << 20
FOLDER_FILE = "_folder.yml"


@dataclass(frozen=True)
class SourceFile:
    """A text file below the root; `path` is relative to it, with `/` everywhere."""

    path: str
    text: str
    sha: str

    @property
    def folder(self) -> str:
        """The path of its folder; empty for the root itself."""
        return self.path.rpartition("/")[0]


def find(root: Path, suffix: str) -> Iterator[str]:
    """The paths of all files with the suffix, sorted; hidden ones are left out.

    Raises OSError for a folder that cannot be read: what is in it must not count as gone.
    """
    for folder, names, files in os.walk(root, onerror=_refuse):
        names[:] = sorted(name for name in names if not name.startswith("."))
        linked = [name for name in names if (Path(folder) / name).is_symlink()]
        for name in sorted([*files, *linked]):
            wanted = name.endswith(suffix) or name in linked
            if wanted and not name.startswith("."):
                yield (Path(folder) / name).relative_to(root).as_posix()


def read(root: Path, path: str) -> SourceFile:
    """The file's text with LF line ends.  Raises Faulty (E110, E111, E112)."""
    file = root / path
    if file.is_symlink():
        raise _faulty(path, "E112", "is a symbolic link. Put the file itself here.")
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise _faulty(path, "E111", "is larger than 1 MiB. Split it.")
        data = file.read_bytes()
    except OSError as fault:
        raise _faulty(path, "E110", f"cannot be read: {fault.strerror}.") from fault
    try:
        text = normalised(data)
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode()
        said = f"is not UTF-8: byte {data[fault.start]:#04x} at offset {fault.start}."
        raise _faulty(path, "E110", said, *place(before, len(before))) from fault
    if "\0" in text:
        where = place(text, text.index("\0"))
        raise _faulty(path, "E110", "is not text: it has a NUL character.", *where)
    return SourceFile(path, text, hashlib.sha256(text.encode()).hexdigest())


def normalised(data: bytes) -> str:
    """The text in some bytes with LF line ends.  Raises UnicodeDecodeError."""
    return normal_lines(data.decode("utf-8-sig"))


def normal_lines(text: str) -> str:
    """The text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse(fault: OSError) -> None:
    raise fault


def _faulty(path: str, code: str, message: str, line: int = 1, column: int = 1) -> Faulty:
    return Faulty([Fault(path, line, column, code, f"The file {message}")])
