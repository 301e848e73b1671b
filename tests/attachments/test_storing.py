"""Taking files in."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from app.attachments import storing
from app.core import storage
from app.core.errors import InvalidInput


@pytest.fixture
def settings_for_test() -> dict[str, Any]:
    return {"upload_limit_bytes": 10_000}


def upload(name: str, content: bytes = b"hello") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


def kept_files(app: Flask) -> int:
    folder = app.extensions["settings"].instance / "files"
    return sum(path.is_file() for path in folder.rglob("*"))


def test_an_upload_is_kept_with_name_type_and_size(app: Flask) -> None:
    (kept,) = storing.accept([upload("../a.txt")])
    assert (kept.name, kept.type, kept.bytes) == ("a.txt", "text/plain", 5)
    with storage.open(kept.sha256) as found:
        assert found.read() == b"hello"


def test_a_file_field_left_empty_is_no_file(app: Flask) -> None:
    assert storing.accept([upload("", b"")]) == []


def test_the_same_file_twice_is_one(app: Flask) -> None:
    assert len(storing.accept([upload("a.txt"), upload("a.txt"), upload("b.txt")])) == 2


def test_a_sixth_file_is_refused(app: Flask) -> None:
    with pytest.raises(InvalidInput, match="can have 5 files"):
        storing.accept([upload(f"{n}.txt") for n in range(6)])


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (upload("void.txt", b""), "“void.txt” is empty"),
        (upload("big.bin", b"x" * 10_001), "“big.bin” is too large: a file can have 0.01 MB"),
    ],
)
def test_a_bad_file_is_named_and_none_is_kept(app: Flask, bad: FileStorage, said: str) -> None:
    with pytest.raises(InvalidInput, match=said) as refused:
        storing.accept([upload("good.txt"), bad])
    assert refused.value.field == "files"
    assert kept_files(app) == 0
