"""Sources of imports for tests: files by path, as a folder, as a zip, and what became of their bytes."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from app.articles.quarantined import Quarantined
from app.articles.revision import Revision
from app.core.db import db

Files = Mapping[str, str | bytes]


def folder(root: Path, files: Files) -> Path:
    """The files in a folder."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_bytes(content))
    return root


def zipped(target: Path, files: Files) -> Path:
    """The files in a zip."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, as_bytes(content))
    return target


def as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def in_zip(data: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def lost(files: Mapping[str, bytes], content: Path) -> list[str]:
    """The paths of those files whose bytes are in no revision, no quarantine and no file of ours."""
    db.session.rollback()
    kept = {
        _sha((head + body).encode())
        for head, body in db.session.execute(select(Revision.head, Revision.body))
    }
    kept |= set(db.session.scalars(select(Quarantined.sha)))
    kept |= {_sha(file.read_bytes()) for file in content.rglob("*") if file.is_file()}
    return [path for path, data in files.items() if _sha(data) not in kept]


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
