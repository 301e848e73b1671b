"""Having mail read again that rests: one, or all that were set aside for the same reason."""

from sqlalchemy import select

from app.core.db import at_most, db
from app.core.errors import InvalidTransition
from app.core.uow import verb
from app.mail import jobs
from app.mail.inbound import InboundMail, State
from app.mail.step import Happened, note

AT_ONCE = 1000


@verb
def read_again(mail: InboundMail, *, by_id: int | None) -> None:
    """Let the worker read it as if it had just come.  Raises InvalidTransition for one that is filed."""
    if mail.state is State.FILED:
        raise InvalidTransition("This mail is filed already. Filing it twice would make two of it.")
    mail.state, mail.reason, mail.detail = State.RECEIVED, "", ""
    mail.attempts, mail.settled_at = 0, None
    note(mail, Happened.AGAIN, by_id=by_id)
    jobs.read.later(mail_id=mail.id, _key=jobs.reading_of(mail.id))


@verb
def read_all_again(*, state: State, reason: str, by_id: int | None) -> int:
    """The same for all that rest in this state for this reason, the oldest first; says how many."""
    those = select(InboundMail).where(InboundMail.state == state, InboundMail.reason == reason)
    mails = db.session.scalars(
        those.order_by(InboundMail.id).limit(at_most(AT_ONCE)).with_for_update()
    ).all()
    for mail in mails:
        read_again(mail, by_id=by_id)
    return len(mails)
