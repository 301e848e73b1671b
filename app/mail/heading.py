"""The head of a mail, read just far enough to know the mail again and to find it in the ledger.

Nothing here decides what becomes of a mail; that is read apart, from its bytes.  Linear in the
length of the mail, and never raises.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.mail.parsing import header_block, header_values
from app.mail.parsing.entity import Entity

PIECE_BYTES = 1 << 20

_AUTHORED = ("from", "sender", "to", "cc", "subject", "date", "in-reply-to", "references")
"""What its author wrote.  Servers add traces on the way, and some write a Message-ID of their own."""
_ARRIVED_AT = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_DATED = re.compile(rb"\b(?:200[1-9]|20[1-9][0-9])\b")
"""A year that a clock shows which was set: others begin in 1970, 1980 or 2000."""
_BLANKS = re.compile(rb"[ \t]+")
_QUOTED_FROM = re.compile(rb"^>+(?=From )", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """What the ledger notes before the mail is read.  `addressed` is everybody it was sent to."""

    fingerprint: str
    message_id: str | None
    from_address: str
    subject: str
    addressed: tuple[str, ...]


def heading_of(raw: bytes, *, mark: str) -> Heading:
    """Read the head.  `mark` says how the mail came: see `Delivery`."""
    block = header_block.read(raw, 0)
    root = Entity(raw, block.headers, 0, block.body_start, len(raw))
    senders = header_values.people(root, "from").addresses
    addressed = (header_values.people(root, name).addresses for name in _ARRIVED_AT)
    return Heading(
        fingerprint=_fingerprint(root, mark),
        message_id=header_values.message_id(root),
        from_address=senders[0] if senders else "",
        subject=root.first("subject") or "",
        addressed=tuple(dict.fromkeys(address for some in addressed for address in some)),
    )


def _fingerprint(root: Entity, mark: str) -> str:
    """SHA-256 over what the author wrote, and when; the same by whatever way the mail comes.

    Blanks and line ends count as little as they do for DKIM's relaxed form (RFC 6376, 3.4).
    """
    digest = hashlib.sha256()
    for name in _AUTHORED:
        for value in root.all(name):
            digest.update(b"%s:%s\n" % (name.encode(), b" ".join(value.split())))
    digest.update(b"\n%s\n\n" % _which(root, mark))
    for piece in _relaxed(root):
        digest.update(piece)
    return digest.hexdigest()


def _which(root: Entity, mark: str) -> bytes:
    """What tells a mail from others that say the same.

    When it was written (which is in the digest already), or else its id, the trace of the first
    server that had it, or, when it bears nothing of the kind, how it came to us: such a mail is
    rather kept twice than taken for another.
    """
    if any(_DATED.search(value) for value in root.all("date")):
        return b""
    if named := root.all("message-id"):
        return b"id %s" % b" ".join(named[0].split())
    if traces := root.all("received"):
        return b"trace %s" % b" ".join(traces[-1].split())
    return b"mark %s" % mark.encode("utf-8", "replace")


def _relaxed(root: Entity) -> Iterator[bytes]:
    """The body without blanks that count for nothing, in pieces: a large mail is not copied whole."""
    blanks = b""
    for piece in _pieces(root.raw, root.body_start):
        lines = _BLANKS.sub(b" ", piece.replace(b"\r\n", b"\n")).replace(b" \n", b"\n")
        lines = blanks + _QUOTED_FROM.sub(b"", lines)
        said = lines.rstrip(b" \n")
        blanks = lines[len(said) :]
        yield said


def _pieces(raw: bytes, start: int) -> Iterator[bytes]:
    """Whole lines, about a megabyte of them at a time."""
    while start < len(raw):
        end = raw.find(b"\n", start + PIECE_BYTES) + 1 or len(raw)
        yield raw[start:end]
        start = end
