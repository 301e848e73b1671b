"""Taking in an image that somebody brings by the browser: kept, and written below `content/assets/`."""

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath

from sqlalchemy import select

from app.accounts.user import User
from app.articles.assets.image import Asset
from app.articles.assets.known import EXTENSIONS, KnownImage
from app.articles.deciding import Mode
from app.articles.files.writing import put_new
from app.articles.images.apart.bench import bench
from app.articles.images.apart.unfit import Unfit
from app.articles.images.cleaned import Cleaned, cleaned, note_image
from app.articles.linking import ASSETS
from app.articles.ways import mode_of
from app.attachments.naming import clean_name
from app.core import clock
from app.core.db import db, insert_into
from app.core.errors import InvalidInput
from app.core.settings import settings
from app.core.slugs import slug
from app.core.uow import verb


@dataclass(frozen=True)
class Kept:
    """An image that texts may show: by its file, if it has one, else by its address."""

    image: KnownImage
    path: str | None
    """Below `content/assets/`."""
    words: str
    """What its name says about it, until somebody describes it."""

    @property
    def url(self) -> str:
        """Where it is served."""
        return self.image.url

    @property
    def markdown(self) -> str:
        """What is put into a text to show it, or to link to it."""
        target = self.url if self.path is None else f"{ASSETS}{self.path}"
        return f"{'!' if self.image.is_picture else ''}[{self.words}]({target})"


def keep(data: bytes, name: str, *, by: User) -> Kept:
    """Keep an image for articles.  Its metadata is left out before anything is written.

    Where files and articles are level (mode two-way) it becomes a file, so that nothing is in the desk
    alone.  Raises InvalidInput (field `file`) for what cannot be shown.
    """
    name = clean_name(name)
    if not data:
        raise InvalidInput(f"“{name}” is empty. Look whether it is the right file.", field="file")
    try:
        with bench() as reader:
            made = cleaned(data, name, reader)
    except Unfit as fault:
        raise InvalidInput(f"“{name}” {fault}", field="file") from fault
    path = _path_of(made) or _written(made, name)
    _note(made, path=path, by=by)
    words = PurePath(name).stem.replace("_", " ").replace("-", " ")
    return Kept(made.image, path, " ".join(words.replace("[", "(").replace("]", ")").split()))


def _path_of(made: Cleaned) -> str | None:
    """A file that holds the image already, as it lies there now."""
    known = select(Asset.path).where(Asset.image_sha == made.image.sha256, Asset.fault == "")
    folder = settings().content / "assets"
    return next(
        (path for path in db.session.scalars(known) if _holds(folder / path, made.data)), None
    )


def _written(made: Cleaned, name: str) -> str | None:
    """Write the file, over none that is there.  Gives its path; None where files are not written."""
    if mode_of(settings()) is not Mode.TWO_WAY:
        return None
    folder, stem = settings().content / "assets", slug(PurePath(name).stem)
    place, extension = f"{clock.now().year}/{stem}", EXTENSIONS[made.image.type]
    for end in ("", *(f"-{number}" for number in range(2, 100))):
        path = f"{place}{end}.{extension}"
        if _holds(folder / path, made.data) or _put(folder, path, made.data):
            return path
    return None


def _put(folder: Path, path: str, data: bytes) -> bool:
    folder.mkdir(exist_ok=True)
    return put_new(folder, path, data)


def _holds(file: Path, data: bytes) -> bool:
    return file.is_file() and not file.is_symlink() and file.read_bytes() == data


@verb
def _note(made: Cleaned, *, path: str | None, by: User) -> None:
    note_image(made.image, by_id=by.id)
    if path is None:
        return
    stat = (settings().content / "assets" / path).stat()
    db.session.flush()  # the file's row refers to the image
    said = {
        "file_sha": hashlib.sha256(made.data).hexdigest(),
        "size_bytes": stat.st_size,
        "modified_ns": stat.st_mtime_ns,
        "image_sha": made.image.sha256,
        "fault": "",
    }
    row = insert_into(Asset).values({"path": path, "from_app": True, **said})
    db.session.execute(row.on_conflict_do_update(index_elements=["path"], set_=said))
