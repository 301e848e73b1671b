"""Files within the text of a mail, as they were sent before MIME: uuencode and yEnc."""

import re
from dataclasses import dataclass

from app.mail.parsing import transfer

MOST_FILES = 100

_UU = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,300})\r?\n(?=[!-`][ -`]{3,}[^\r\n]{0,100}\r?$|`\r?$)",
    re.MULTILINE,
)
_YENC = re.compile(
    rb"^=ybegin [^\r\n]{0,300}?name=([^\r\n]{1,300})\r?\n(?:=ypart [^\r\n]*\r?\n)?", re.MULTILINE
)
_YEND = re.compile(rb"^=yend[^\r\n]*", re.MULTILINE)
_YESCAPE = re.compile(rb"=(.)", re.DOTALL)
_MINUS_42 = bytes((byte - 42) % 256 for byte in range(256))
_MINUS_64 = bytes((byte - 64) % 256 for byte in range(256))


@dataclass(frozen=True)
class Embedded:
    """A file that stood in a text."""

    name: bytes
    content: bytes


def taken_out(data: bytes) -> tuple[bytes, list[Embedded]]:
    """The text without the files in it (the first line of each stays and tells where), and those files."""
    if b"begin " not in data:
        return data, []
    files: list[Embedded] = []
    kept: list[bytes] = []
    at = 0
    while len(files) < MOST_FILES and (found := _next(data, at)):
        start, end, file = found
        kept.append(data[at:start] + data[start:end].partition(b"\n")[0] + b"\n")
        files.append(file)
        at = end
    return b"".join([*kept, data[at:]]), files


def _next(data: bytes, at: int) -> tuple[int, int, Embedded] | None:
    if begin := _UU.search(data, at):
        content, end = transfer.uu(data, begin.end())
        return begin.start(), end, Embedded(begin[1].strip(), content)
    if begin := _YENC.search(data, at):
        last = _YEND.search(data, begin.end())
        body = data[begin.end() : last.start() if last else len(data)]
        return (
            begin.start(),
            last.end() if last else len(data),
            Embedded(begin[1].strip(), _yenc(body)),
        )
    return None


def _yenc(body: bytes) -> bytes:
    """yEnc, draft 1.3: each byte plus 42; after `=`, plus 64 more."""
    body = body.replace(b"\r\n", b"").replace(b"\n", b"")
    plain = _YESCAPE.sub(lambda match: match[1].translate(_MINUS_64), body)
    return plain.translate(_MINUS_42)
