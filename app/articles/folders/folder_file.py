"""The file `_folder.yml` of a folder: single keys of it changed, everything else as it was written."""

from collections.abc import Mapping
from pathlib import Path

from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.articles.files.mapping import Value, read_mapping
from app.articles.files.source_file import FOLDER_FILE, read
from app.articles.files.writing import FileChanged, remove, write
from app.core.errors import Conflict, InvalidInput, NotAllowed

Front = Mapping[str, Value | int | None]

_READ_ONLY = "The folder of the articles cannot be written here, so this is changed in its files."


def change_file(root: Path, folder: str, front: Front) -> None:
    """Set keys in the folder's file, or take them out (None); it is made if it is not there.

    Raises InvalidInput for a file that cannot be read, Conflict when it changes meanwhile, and
    NotAllowed where nothing can be written.
    """
    path = _path(folder)
    try:
        source = read(root, path) if (root / path).exists() else None
        read_mapping(source.text if source else "", path=path)
        text = Manuscript("---\n", source.text if source else "", "---\n", "")
        changed = text.setting(front).settings
    except Faulty as fault:
        raise InvalidInput(f"Mend {path} first. {fault.faults[0].sentence}") from fault
    if source is None and not changed:
        return
    try:
        write(root, path, changed, seen=source.sha if source else None)
    except FileChanged as fault:
        raise Conflict(f"{path} was changed just now. Look at it again.") from fault
    except OSError as fault:
        raise NotAllowed(_READ_ONLY) from fault


def remove_file(root: Path, folder: str) -> None:
    """Take the folder's file away, and the folder if nothing else lies in it.  Raises as `change_file`."""
    path = _path(folder)
    try:
        if (root / path).exists():
            remove(root, path, seen=read(root, path).sha)
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            (root / folder).rmdir()
    except Faulty as fault:
        raise InvalidInput(f"Mend {path} first. {fault.faults[0].sentence}") from fault
    except FileChanged as fault:
        raise Conflict(f"{path} was changed just now. Look at it again.") from fault
    except OSError as fault:
        raise NotAllowed(_READ_ONLY) from fault


def _path(folder: str) -> str:
    return f"{folder}/{FOLDER_FILE}".lstrip("/")
