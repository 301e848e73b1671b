"""Reading notices: what was seen, and forgetting what is old."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import verb
from app.mail import forgetting
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


def forget_words(message_id: int) -> None:
    """Take the text of a message out of our copies of mails that told of it, with others.  Part of a verb."""
    mails = select(Notice.mail_id).where(Notice.message_id == message_id).distinct()
    forgetting.forget_mails([each for each in db.session.scalars(mails) if each])


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
