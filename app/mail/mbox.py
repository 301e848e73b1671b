"""Mails in a file: one mail (.eml), or many with a line `From …` in front of each (mbox, RFC 4155)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Found:
    """One mail of a file, and the line that stood in front of it; empty where there was none."""

    raw: bytes
    line: str


def mails_in(file: IO[bytes]) -> Iterator[Found]:
    """The mails of a file in their order; a file that does not begin with `From ` is one mail."""
    first = file.readline()
    if not first.startswith(b"From "):
        rest = first + file.read()
        if rest.strip():
            yield Found(rest, "")
        return
    yield from _split(first, file)


def _split(line: bytes, file: IO[bytes]) -> Iterator[Found]:
    """A mail ends in front of a line `From …` that follows an empty one."""
    head, lines, after_blank = line, list[bytes](), True
    for each in file:
        if after_blank and each.startswith(b"From "):
            yield _found(head, lines)
            head, lines, after_blank = each, [], True
            continue
        after_blank = not each.strip(b"\r\n")
        lines.append(_unquoted(each))
    yield _found(head, lines)


def _found(head: bytes, lines: list[bytes]) -> Found:
    """Without the empty line that the format puts behind each mail."""
    if lines and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    return Found(b"".join(lines), head.decode("utf-8", "replace").strip())


def _unquoted(line: bytes) -> bytes:
    """`>From ` was `From ` before it came into the file (mboxrd)."""
    return line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
