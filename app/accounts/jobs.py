"""The night shift of this room: writing its mails, forgetting what is over."""

from sqlalchemy import delete

from app.accounts import mailing
from app.accounts.registration import LASTS, Registration
from app.core import clock
from app.core.db import db
from app.core.jobs import job
from app.core.uow import begin_writing


@job()
def mail_registration(registration_id: int) -> None:
    """Write to the address of a registration."""
    mailing.answer_registration(registration_id)


@job()
def mail_reset(email: str) -> None:
    """Write to an address whose password somebody forgot."""
    mailing.answer_reset(email)


@job()
def mail_invitation(user_id: int, by_id: int) -> None:
    """Write to somebody invited."""
    mailing.invite(user_id, by_id=by_id)


@job()
def forget_registrations() -> None:
    """Drop registrations that can be confirmed no more."""
    begin_writing()
    db.session.execute(delete(Registration).where(Registration.created_at < clock.now() - LASTS))
