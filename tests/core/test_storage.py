"""Storage: files by their content."""

import hashlib
from io import BytesIO
from typing import IO

import pytest
from flask import Flask

from app.core import storage

TEXT = b"hello " * 1000
NAME = hashlib.sha256(TEXT).hexdigest()


class BrokenUpload(BytesIO):
    """A connection that ends in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError("gone")
        return super().read(10)


def files(app: Flask) -> list[str]:
    folder = app.extensions["settings"].instance / "files"
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_can_be_opened_by_its_hash(app: Flask) -> None:
    stored = storage.put(BytesIO(TEXT))
    assert stored == storage.Stored(sha256=NAME, bytes=len(TEXT))
    with storage.open(NAME) as found:
        assert found.read() == TEXT


def test_the_same_bytes_are_kept_once(app: Flask) -> None:
    storage.put(BytesIO(TEXT))
    storage.put(BytesIO(TEXT))
    assert files(app) == [NAME[2:]]


def test_an_upload_that_breaks_off_leaves_nothing(app: Flask) -> None:
    broken: IO[bytes] = BrokenUpload(TEXT)
    with pytest.raises(OSError, match="gone"):
        storage.put(broken)
    assert files(app) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", NAME + "/x", NAME.upper(), NAME[:-1]])
def test_a_name_that_is_no_hash_is_refused(app: Flask, name: str) -> None:
    with pytest.raises(ValueError, match="no SHA-256"):
        storage.path(name)
