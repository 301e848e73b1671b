"""Forgetting what a mail said, when what it carried was taken out for good."""

from collections.abc import Collection

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.core.uow import verb
from app.mail import jobs
from app.mail.outbound import OutboundMail, State

GONE = "The text of this mail was removed."


@verb
def forget(abouts: Collection[str], *, told_in: Collection[str] = ()) -> None:
    """Take text and files out of our copies of the mails about it; what has not left, never leaves.

    So with all that no person wrote in these conversations: it may tell of several things at once.
    """
    told = OutboundMail.conversation.in_(told_in), OutboundMail.automatic
    mails = select(OutboundMail).where(
        or_(OutboundMail.about.in_(abouts), and_(*told, OutboundMail.written_by == ""))
    )
    files = selectinload(OutboundMail.enclosures)
    for mail in db.session.scalars(mails.options(files).with_for_update()):
        mail.text, mail.html, mail.enclosures = GONE, f"<p>{GONE}</p>", []
        if mail.state is State.QUEUED:
            mail.state, mail.last_error = State.FAILED, "Taken back before it left."
        if mail.state is State.KEPT:
            jobs.keep.later(mail_id=mail.id)
