"""What a file is, by its first bytes; what its sender says counts for nothing."""

import re
from typing import IO

import filetype

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"

_READ_BYTES = 8192
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(stream: IO[bytes]) -> str:
    """The media type; the stream is left at its beginning.

    HTML and SVG are plain text here, which is how they may be shown.
    """
    head = stream.read(_READ_BYTES)
    stream.seek(0)
    return filetype.guess_mime(head) or (TEXT if _is_text(head) else UNKNOWN)


def _is_text(head: bytes) -> bool:
    if _NOT_IN_TEXT.search(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as fault:
        return fault.start >= _READ_BYTES - 4  # a character cut by the end of the sample
    return True
