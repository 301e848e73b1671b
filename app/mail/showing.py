"""Showing a mail as it was sent: HTML of a stranger, in a frame of its own that can do nothing.

The parser has taken out all that runs or pretends (RELIABILITY.md D8).  Here pictures of the mail itself
are put into the text, so that the frame asks nobody for anything; those from the web stay out unless
the reader wants them.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markupsafe import Markup

from app.core import storage
from app.mail.inbound import InboundMail
from app.mail.parsing.apart import Unparsable, parse_apart
from app.mail.parsing.parsed import ParsedMail, Part

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
LARGEST_PICTURES_BYTES = 10_000_000
"""Of pictures that are put into a text, together; the others can be found among the files."""

_SOURCE = re.compile(r'(<img\b[^>]*?) src="(?:cid:(?P<cid>[^"]*)|(?P<web>[^"]*))"')
_LONGEST_HEAD_BYTES = 200_000


@dataclass(frozen=True)
class Shown:
    """A mail in HTML that can stand in a frame, and how many pictures from the web are left out of it."""

    html: Markup
    left_out: int


def as_sent(mail: InboundMail, *, with_web: bool) -> Shown:
    """The mail as its sender laid it out; one without HTML, and one that cannot be read, as plain text.

    Raises FileNotFoundError when its bytes are gone.
    """
    try:
        parsed = parse_apart(original_of(mail))
    except Unparsable as fault:
        return Shown(Markup("<p>{}</p>").format(str(fault)), 0)
    if not parsed.html_sanitized:
        return Shown(Markup("<pre>{}</pre>").format(parsed.text), 0)
    return _with_pictures(parsed, with_web=with_web)


def original_of(mail: InboundMail) -> bytes:
    """The mail, byte for byte.  Raises FileNotFoundError."""
    with storage.open(mail.sha256) as stream:
        return stream.read()


def head_of(mail: InboundMail) -> str:
    """Its header lines as they came, for people to read.  Raises FileNotFoundError."""
    with storage.open(mail.sha256) as stream:
        begin = stream.read(_LONGEST_HEAD_BYTES)
    head = re.split(rb"\r?\n\r?\n", begin, maxsplit=1)[0].replace(b"\r\n", b"\n")
    text = head.decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in text)


def _with_pictures(parsed: ParsedMail, *, with_web: bool) -> Shown:
    own, left_out = _own_pictures(parsed.attachments), 0

    def place(match: re.Match[str]) -> str:
        nonlocal left_out
        if match["web"] is None:
            found = own.get(unquote(unescape(match["cid"])).lower())
            return f'{match[1]} src="{found}"' if found else match[1]
        left_out += not with_web
        return match[0] if with_web else match[1]

    html = _SOURCE.sub(place, parsed.html_sanitized).replace("<a ", '<a target="_blank" ')
    return Shown(Markup(html), left_out)  # noqa: S704 - the parser sanitised it


def _own_pictures(parts: Sequence[Part]) -> dict[str, str]:
    """Addresses that hold the picture itself, by content id (RFC 2397, RFC 2392)."""
    found: dict[str, str] = {}
    room_bytes = LARGEST_PICTURES_BYTES
    for part in parts:
        if part.content_id and part.content_type in PICTURES and part.size <= room_bytes:
            room_bytes -= part.size
            data = base64.b64encode(part.content).decode()
            name = part.content_id.strip("<>").lower()
            found[name] = f"data:{part.content_type};base64,{data}"
    return found
