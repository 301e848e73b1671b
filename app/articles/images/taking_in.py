"""Taking in the files below `content/assets/`: each that is new or changed becomes an image."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
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
    taken, seen = Taken(), list(_files(folder))
    for each in seen:
        known = before.get(each.path)
        if known is None:
            taken.new.append(each.path)
        elif not _looks_alike(each, known) and _sha(folder, each) != known.file_sha:
            taken.changed.append(each.path)
    taken.gone = sorted(set(before) - {each.path for each in seen})
    taken.faults = list(_faults(before.items()))
    return taken


def take_in(folder: Path) -> Taken:
    """Bring images level with the files.  A file that cannot be used is told of; its old image stays.

    Raises OSError for a folder that cannot be read.
    """
    with reading():
        before = _known()
    taken, seen = Taken(), list(_files(folder))
    fresh = [each for each in seen if not _looks_alike(each, before.get(each.path))]
    for start in range(0, len(fresh), _AT_ONCE):
        _take(folder, fresh[start : start + _AT_ONCE], before, taken)
    taken.gone = sorted(set(before) - {each.path for each in seen})
    if taken.gone:
        with unit_of_work():
            _forget(taken.gone)
    if taken:
        with unit_of_work():
            bump(STAMP)
    with reading():
        taken.faults = asset_faults()
    return taken


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


@verb
def _forget(paths: Iterable[str]) -> None:
    """Forget the files; their images stay, for older texts show them."""
    db.session.execute(delete(Asset).where(Asset.path.in_(list(paths))))


def _known() -> dict[str, Before]:
    rows = select(Asset.path, Asset.file_sha, Asset.size_bytes, Asset.modified_ns, Asset.fault)
    return {row[0]: Before(*row[1:]) for row in db.session.execute(rows)}


def _files(folder: Path) -> Iterator[Seen]:
    if not folder.is_dir():
        return
    for path in find(folder, ""):
        stat = (folder / path).lstat()
        yield Seen(path, stat.st_size, stat.st_mtime_ns, (folder / path).is_symlink())


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
    if len(seen.path) > 400:
        raise Unfit("has too long a name.")
    if seen.size_bytes > limit_bytes:
        raise Unfit(f"is larger than {limit_bytes / 1e6:g} MB. Make it smaller.")


def asset_faults() -> list[Fault]:
    """Files that cannot be shown, as the last sync found them."""
    return list(_faults(_known().items()))


def _faults(known: Iterable[tuple[str, Before]]) -> Iterator[Fault]:
    for path, each in sorted(known, key=lambda item: item[0]):
        if each.fault:
            yield Fault(f"../assets/{path}", 1, 1, "E114", each.fault)
