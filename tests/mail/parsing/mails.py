"""Mails made by hand for the tests of the parser."""

from app.mail.parsing.parsed import ParsedMail
from app.mail.parsing.reading import parse

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(64))


def mail(
    *headers: str, body: bytes | str = "Hello\n", sender: str = "Ana <ana@example.com>"
) -> bytes:
    """A mail with a sender, further headers and a body."""
    lines = [f"From: {sender}", *headers, "", ""]
    return "\r\n".join(lines).encode() + (body.encode() if isinstance(body, str) else body)


def read(
    *headers: str, body: bytes | str = "Hello\n", sender: str = "Ana <ana@example.com>"
) -> ParsedMail:
    """The same, parsed."""
    return parse(mail(*headers, body=body, sender=sender))


def multipart(kind: str, *parts: bytes | str, boundary: str = "b0") -> tuple[str, bytes]:
    """The Content-Type of a multipart, and its body."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    pieces = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in raw)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"',
        pieces + b"--" + boundary.encode() + b"--\r\n",
    )
