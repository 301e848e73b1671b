"""Looking into the quarantine, and putting files back."""

import itertools
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.articles.files.writing import put_new
from app.articles.quarantined import Quarantined
from app.core.db import db, like
from app.core.errors import Conflict, NotFound

MOST = 500


def kept() -> Sequence[Quarantined]:
    """What is kept, without the bytes, the newest first."""
    rows = select(Quarantined).options(defer(Quarantined.data, raiseload=True))
    return db.session.scalars(rows.order_by(Quarantined.id.desc()).limit(MOST)).all()


def quarantined(sha: str) -> Quarantined:
    """The bytes whose name begins so.  Raises NotFound unless it is the name of exactly one."""
    rows = select(Quarantined).where(Quarantined.sha.like(like(sha) + "%", escape="/")).limit(2)
    found = db.session.scalars(rows).all() if len(sha) >= 6 else ()
    if len(found) != 1:
        raise NotFound(f"Nothing in quarantine has the name {sha}.")
    return found[0]


def put_back(kept: Quarantined, root: Path) -> str:
    """Put the bytes where they were, or beside what is there now.  Gives the path.

    Raises Conflict when the folder cannot be written.
    """
    path = PurePosixPath(kept.path)
    names = (f".restored{number or ''}" for number in itertools.count())
    beside = (path.with_name(path.stem + name + path.suffix) for name in names)
    try:
        places = map(str, itertools.chain([path], beside))
        return next(place for place in places if put_new(root, place, kept.data))
    except OSError as fault:
        raise Conflict(f"The file cannot be written: {fault.strerror or fault}.") from fault
