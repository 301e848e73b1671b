"""Taking files in: how many, how large, under what name."""

import os
from collections.abc import Iterable
from typing import IO

from werkzeug.datastructures import FileStorage

from app.attachments.attachment import Attachment
from app.attachments.naming import clean_name
from app.attachments.sniffing import sniff
from app.core import storage
from app.core.errors import InvalidInput
from app.core.settings import settings

MOST_FILES = 5


def accept(uploads: Iterable[FileStorage]) -> list[Attachment]:
    """Keep the files of a form and give their rows, still to be added with what they hang on.

    Looks at all files before it keeps one.  Raises InvalidInput (field `files`) when they are too
    many, or one is empty or too large.
    """
    chosen = [upload for upload in uploads if upload.filename]
    if len(chosen) > MOST_FILES:
        raise InvalidInput(
            f"A message can have {MOST_FILES} files. Put more into an archive, or send a second message.",
            field="files",
        )
    for upload in chosen:
        _check_size(clean_name(upload.filename or ""), _size_bytes(upload.stream))
    kept = [keep(upload.filename or "", upload.stream) for upload in chosen]
    return list({(each.name, each.sha256): each for each in kept}.values())


def keep(name: str, stream: IO[bytes]) -> Attachment:
    """Keep one file that needs no checks, such as a part of a mail, and give its row to be added.

    The bytes are on the disk when this returns, so it may be called before the write transaction.
    """
    kind = sniff(stream)
    stored = storage.put(stream)
    return Attachment(name=clean_name(name), type=kind, bytes=stored.bytes, sha256=stored.sha256)


def _check_size(name: str, size_bytes: int) -> None:
    limit_bytes = settings().upload_limit_bytes
    if not size_bytes:
        raise InvalidInput(f"“{name}” is empty. Look whether it is the right file.", field="files")
    if size_bytes > limit_bytes:
        limit = f"{limit_bytes / 1_000_000:g} MB"
        raise InvalidInput(
            f"“{name}” is too large: a file can have {limit}. Compressed it may fit.", field="files"
        )


def _size_bytes(stream: IO[bytes]) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size
