"""The headers of an entity: where they end, and what to make of lines that are none (RFC 5322, 2.2)."""

import re
from dataclasses import dataclass, field

from app.mail.parsing.entity import Header

MOST_HEADERS = 2_000
LONGEST_HEADER = 1 << 20
"""Bytes of one header with its folds; the rest is left out."""

_NAME = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|received|return-path|reply-to|sender|message-id|in-reply-to"
    rb"|references|mime-version|content-[a-z-]+|x-[a-z0-9-]+|list-[a-z-]+|dkim-signature"
    rb"|delivered-to|thread-[a-z]+|user-agent|importance|authentication-results)[ \t]*:",
    re.IGNORECASE,
)
_ENVELOPE = re.compile(rb">?From ")


@dataclass
class HeaderBlock:
    """The headers, where the body begins, and what was wrong."""

    headers: list[Header] = field(default_factory=list)
    body_start: int = 0
    defects: list[str] = field(default_factory=list)


def read(raw: bytes, start: int) -> HeaderBlock:
    """Read the headers that begin at `start`."""
    block = HeaderBlock()
    values: list[list[bytes]] = []
    at, end = start, len(raw)
    while at < end:
        line, after = _line(raw, at)
        if not line:
            at = after
            break
        if line[:1] in (b" ", b"\t") and values:
            values[-1].append(line)
        elif match := _NAME.match(line):
            block.headers.append((match[1].decode("ascii").lower(), b""))
            values.append([line[match.end() :]])
        elif _is_stray(raw, line, after):
            block.defects.append("There is a line among the headers that is none.")
        else:
            if not line.startswith(b"--"):
                block.defects.append("The headers end without an empty line.")
            break
        at = after
    block.body_start = at
    if len(values) > MOST_HEADERS:
        block.defects.append("The mail has more headers than are read.")
    block.headers = [
        (name, b"".join(lines)[:LONGEST_HEADER].strip())
        for (name, _), lines in zip(block.headers[:MOST_HEADERS], values, strict=False)
    ]
    return block


def _line(raw: bytes, at: int) -> tuple[bytes, int]:
    end = raw.find(b"\n", at)
    return (raw[at:], len(raw)) if end < 0 else (raw[at:end].rstrip(b"\r"), end + 1)


def _is_stray(raw: bytes, line: bytes, after: int) -> bool:
    """Whether headers go on behind a line that is none: a fold without its blank, an mbox line."""
    if line.startswith(b"--"):
        return False
    return bool(_ENVELOPE.match(line) or _KNOWN.match(raw, after))
