"""Forgetting what a mail said, when what it carried was taken out for good."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.core.db import db
from app.core.uow import verb
from app.mail import jobs
from app.mail.outbound import OutboundMail, State

GONE = "The text of this mail was removed."


@verb
def forget(abouts: Collection[str]) -> None:
    """Take text and files out of our copies of the mails about it; what has not left, never leaves."""
    _forget(OutboundMail.about.in_(abouts))


@verb
def forget_mails(ids: Collection[int]) -> None:
    """The same for mails by their ids."""
    _forget(OutboundMail.id.in_(ids))


def _forget(which: ColumnElement[bool]) -> None:
    mails = select(OutboundMail).where(which).with_for_update()
    for mail in db.session.scalars(mails.options(selectinload(OutboundMail.enclosures))):
        mail.text, mail.html, mail.enclosures = GONE, f"<p>{GONE}</p>", []
        if mail.state is State.QUEUED:
            mail.state, mail.last_error = State.FAILED, "Taken back before it left."
        if mail.state is State.KEPT:
            jobs.keep.later(mail_id=mail.id)
