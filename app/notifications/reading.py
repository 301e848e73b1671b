"""Reading notices: what was seen, and forgetting what is old."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, update

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import verb
from app.notifications.matter import Matter
from app.notifications.notice import UNREAD, Digest, Notice

KEPT_FOR = timedelta(days=90)


@verb
def read_matter(matter: Matter, *, by: User) -> None:
    """Say that the person has seen what there is about this."""
    read(by.id, matter)


@verb
def read_all(*, by: User) -> None:
    """Say that the person has seen everything."""
    _read(by.id)


def read(user_id: int, matter: Matter) -> None:
    """The same as a part of whatever shows that they have: they wrote there."""
    _read(user_id, matter.condition)


@verb
def forget_old() -> None:
    """Forget what is older than 90 days, read or not."""
    old = clock.now() - KEPT_FOR
    db.session.execute(delete(Notice).where(Notice.created_at < old))
    db.session.execute(delete(Digest).where(Digest.due_at < old))


def _read(user_id: int, *which: ColumnElement[bool]) -> None:
    unread = update(Notice).where(Notice.user_id == user_id, UNREAD, *which)
    read = unread.values(read_at=clock.now())
    db.session.execute(read.execution_options(synchronize_session=False))
