"""Types of files: read from their bytes."""

from io import BytesIO

import pytest

from app.attachments.sniffing import sniff

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


@pytest.mark.parametrize(
    ("head", "type_"),
    [
        (PNG, "image/png"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"PK\x03\x04" + b"\0" * 40, "application/zip"),
        (b"just words\r\n\ttab", "text/plain"),
        ("Grüße".encode() * 3000, "text/plain"),
        ("é".encode() * 5000, "text/plain"),
        (b"x" + "é".encode() * 5000, "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg onload='alert(1)'>", "text/plain"),
        (b"MZ" + b"\0" * 50, "application/x-msdownload"),
        (b"\x01\x02\x03", "application/octet-stream"),
        ("Grüße".encode("latin-1") + b" and more", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_it_is(head: bytes, type_: str) -> None:
    stream = BytesIO(head)
    assert sniff(stream) == type_
    assert stream.tell() == 0
