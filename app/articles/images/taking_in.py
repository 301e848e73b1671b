"""Taking in the files below `content/assets/`: each that is new or changed becomes an image."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import delete, select

from app.articles.article import STAMP
from app.articles.assets.image import Asset
from app.articles.files.fault import Fault
from app.articles.files.source_file import find
from app.articles.images.apart.bench import bench
from app.articles.images.apart.unfit import Unfit
from app.articles.images.cleaned import Cleaned, cleaned, note_image
from app.core.db import db, insert_into
from app.core.settings import settings
from app.core.uow import reading, unit_of_work, verb
from app.core.web.page_cache import bump

_AT_ONCE = 20
"""Images whose bytes are held in memory together."""
_ROWS_AT_ONCE = 500
LONGEST_PATH = 400


@dataclass(frozen=True)
class Seen:
    """A file as it lies there."""

    path: str
    size_bytes: int
    modified_ns: int
    is_link: bool = False


@dataclass(frozen=True)
class Before:
    """What is known of a file."""

    file_sha: str
    size_bytes: int
    modified_ns: int
    fault: str


@dataclass
class Taken:
    """What came of it; paths are below `content/assets/`."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    tracked: int = 0
    """How many files were known before."""

    @property
    def is_suspicious(self) -> bool:
        """Whether an unmounted folder is likelier than an intention; as for articles (`plan.py`)."""
        return len(self.gone) > max(5, self.tracked // 5)

    @property
    def lines(self) -> list[str]:
        """Each in a line, as a dry run says it."""
        named = (("new", self.new), ("changed", self.changed), ("gone", self.gone))
        return [f"{what}: ../assets/{path}" for what, paths in named for path in paths]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def look(folder: Path) -> Taken:
    """What taking the files in would do, as far as can be told without reading pictures."""
    with reading():
        before = _known()
    taken, seen = Taken(tracked=len(before)), list(_files(folder))
    for each in seen:
        known = before.get(each.path)
        if known is None:
            taken.new.append(each.path)
        elif not _looks_alike(each, known) and _sha(folder, each) != known.file_sha:
            taken.changed.append(each.path)
    taken.gone = sorted(set(before) - {each.path for each in seen})
    taken.faults = [*_faults(before.items()), *_unfit_names(folder)]
    return taken


def take_in(folder: Path) -> Taken:
    """Take in what is new or changed.  A file that cannot be used is told of; its old image stays.

    Files that are gone are named, and forgotten by `forget` once it is sure that somebody meant it.
    Raises OSError for a folder that cannot be read.
    """
    with reading():
        before = _known()
    taken, seen = Taken(tracked=len(before)), list(_files(folder))
    fresh = [each for each in seen if not _looks_alike(each, before.get(each.path))]
    for start in range(0, len(fresh), _AT_ONCE):
        _take(folder, fresh[start : start + _AT_ONCE], before, taken)
    taken.gone = sorted(set(before) - {each.path for each in seen})
    if taken.new or taken.changed:
        with unit_of_work():
            bump(STAMP)
    with reading():
        known = _known()
    there = {path: known[path] for path in known.keys() - set(taken.gone)}
    taken.faults = [*_faults(there.items()), *_unfit_names(folder)]
    return taken


@verb
def forget(paths: Sequence[str]) -> None:
    """Forget files that are gone; their images stay, for older texts show them."""
    for start in range(0, len(paths), _ROWS_AT_ONCE):
        some = paths[start : start + _ROWS_AT_ONCE]
        db.session.execute(delete(Asset).where(Asset.path.in_(some)))
    if paths:
        bump(STAMP)


def _take(folder: Path, fresh: list[Seen], before: Mapping[str, Before], taken: Taken) -> None:
    made: list[tuple[Seen, str, Cleaned | str]] = []
    with bench() as reader:
        for each in fresh:
            known, sha = before.get(each.path), _sha(folder, each)
            if known and sha == known.file_sha:
                made.append((each, sha, known.fault))
                continue
            (taken.changed if known else taken.new).append(each.path)
            try:
                _refuse_unread(each)
                data = (folder / each.path).read_bytes()
                made.append((each, sha, cleaned(data, each.path, reader)))
            except Unfit as fault:
                made.append((each, sha, f"The file {fault}"[:300]))
            except OSError as fault:
                made.append((each, sha, f"The file cannot be read: {fault.strerror}."))
    with unit_of_work():
        _store(made)


@verb
def _store(made: list[tuple[Seen, str, Cleaned | str]]) -> None:
    for seen, sha, result in made:
        said = {
            "file_sha": sha,
            "size_bytes": seen.size_bytes,
            "modified_ns": seen.modified_ns,
            "fault": result if isinstance(result, str) else "",
        }
        if isinstance(result, Cleaned):
            note_image(result.image, by_id=None)
            said["image_sha"] = result.image.sha256
        row = insert_into(Asset).values({"path": seen.path, "from_app": False, **said})
        db.session.execute(row.on_conflict_do_update(index_elements=["path"], set_=said))


def _known() -> dict[str, Before]:
    rows = select(Asset.path, Asset.file_sha, Asset.size_bytes, Asset.modified_ns, Asset.fault)
    return {row[0]: Before(*row[1:]) for row in db.session.execute(rows)}


def _files(folder: Path) -> Iterator[Seen]:
    if not folder.is_dir():
        return
    for path in find(folder, ""):
        if _is_unfit_name(path):
            continue
        try:
            stat = (folder / path).lstat()
        except FileNotFoundError:  # it has gone since the folder was read
            continue
        yield Seen(path, stat.st_size, stat.st_mtime_ns, (folder / path).is_symlink())


def _is_unfit_name(path: str) -> bool:
    """Whether no row can hold it, and no text can name it: longer than a column, or no UTF-8."""
    return len(path) > LONGEST_PATH or any("\ud800" <= each <= "\udfff" for each in path)


def _unfit_names(folder: Path) -> Iterator[Fault]:
    for path in find(folder, "") if folder.is_dir() else ():
        if _is_unfit_name(path):
            shown = path.encode(errors="replace").decode()
            said = "The name of the file is too long, or no text. Give it another one."
            yield Fault(f"../assets/{shown}", 1, 1, "E114", said)


def _looks_alike(seen: Seen, known: Before | None) -> bool:
    return known is not None and (seen.size_bytes, seen.modified_ns) == (
        known.size_bytes,
        known.modified_ns,
    )


def _sha(folder: Path, seen: Seen) -> str:
    """The hash of a file; of one that is not read, that of its name."""
    if seen.is_link or seen.size_bytes > settings().upload_limit_bytes:
        return hashlib.sha256(f"{seen}".encode()).hexdigest()
    try:
        with (folder / seen.path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return hashlib.sha256(f"{seen}".encode()).hexdigest()


def _refuse_unread(seen: Seen) -> None:
    limit_bytes = settings().upload_limit_bytes
    if seen.is_link:
        raise Unfit("is a symbolic link. Put the file itself here.")
    if seen.size_bytes > limit_bytes:
        raise Unfit(f"is larger than {limit_bytes / 1e6:g} MB. Make it smaller.")


def asset_faults() -> list[Fault]:
    """Files that cannot be shown, as the last sync found them."""
    return list(_faults(_known().items()))


def _faults(known: Iterable[tuple[str, Before]]) -> Iterator[Fault]:
    for path, each in sorted(known, key=lambda item: item[0]):
        if each.fault:
            yield Fault(f"../assets/{path}", 1, 1, "E114", each.fault)
