"""Forgetting what a mail said, when what it carried was taken out for good."""

from sqlalchemy import select

from app.core.db import db
from app.core.uow import verb
from app.mail import jobs
from app.mail.outbound import OutboundMail, State

GONE = "The text of this mail was removed."


@verb
def forget(about: str) -> None:
    """Take text and HTML out of our copies of the mails about it; what has not left, never leaves."""
    mails = select(OutboundMail).where(OutboundMail.about == about).with_for_update()
    for mail in db.session.scalars(mails):
        mail.text, mail.html = GONE, f"<p>{GONE}</p>"
        if mail.state is State.QUEUED:
            mail.state, mail.last_error = State.FAILED, "Taken back before it left."
        if mail.state is State.KEPT:
            jobs.keep.later(mail_id=mail.id)
