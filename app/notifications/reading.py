"""Reading notices: what was seen, and forgetting what is old."""

from datetime import timedelta

from sqlalchemy import BindParameter, and_, bindparam, delete, select, update

from app.accounts.user import User
from app.core import clock
from app.core.db import Model, db
from app.core.uow import verb
from app.mail import forgetting
from app.notifications.matter import Matter
from app.notifications.notice import UNREAD, Digest, Notice

KEPT_FOR = timedelta(days=90)

# Past the ORM: it goes with nearly everything that people do.
_READ_ALL = (
    update(Model.metadata.tables[Notice.__tablename__])
    .where(Notice.user_id == bindparam("by"), UNREAD)
    .values(read_at=bindparam("now"))
)
_about: BindParameter[int | str] = bindparam("about")
_READ = {
    "ticket": _READ_ALL.where(Notice.ticket_id == _about),
    "question": _READ_ALL.where(Notice.question_id == _about),
    "review": _READ_ALL.where(Notice.review_id == _about),
    "article": _READ_ALL.where(and_(Notice.article_id == _about, Notice.review_id.is_(None))),
}


@verb
def read_matter(matter: Matter, *, by: User) -> None:
    """Say that the person has seen what there is about this."""
    read(by.id, matter)


@verb
def read_all(*, by: User) -> None:
    """Say that the person has seen everything."""
    db.session.execute(_READ_ALL, {"by": by.id, "now": clock.now()})


def read(user_id: int, matter: Matter) -> None:
    """The same as a part of whatever shows that they have: they wrote there."""
    about = matter.article_id or matter.number
    db.session.execute(_READ[matter.kind], {"by": user_id, "about": about, "now": clock.now()})


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
