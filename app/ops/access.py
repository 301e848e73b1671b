"""Who may see what here, beside the needs of `urls.py`."""

from app.accounts.permissions import Permission
from app.accounts.user import Person, User
from app.core.db import db
from app.core.errors import NotFound
from app.core.jobs.model import Job
from app.mail.inbound import InboundMail
from app.mail.mailbox import Mailbox
from app.mail.outbound import Kind, OutboundMail
from app.tickets.correspondence import message_id_of
from app.tickets.message import Message

READING: dict[Kind, frozenset[Permission]] = {
    Kind.ACCOUNT: frozenset({Permission.MAIL_READ}),
    Kind.ARTICLE: frozenset({Permission.MAIL_READ, Permission.ARTICLES_READ_INTERNAL}),
    Kind.COMMUNITY: frozenset({Permission.MAIL_READ}),
    Kind.REPORT: frozenset({Permission.MAIL_READ, Permission.METRICS_READ}),
    Kind.TICKET: frozenset({Permission.MAIL_READ, Permission.TICKETS_READ}),
}
"""What it takes to read mails of a kind; for the rest of people they are closed envelopes."""


def may_read(kind: Kind, user: Person) -> bool:
    """Whether this person may read subject and text of mails of that kind."""
    return all(user.may(permission) for permission in READING[kind])


def may_read_incoming(user: Person) -> bool:
    """Whether this person may read what mails say that came in: they are letters to the desk."""
    return may_read(Kind.TICKET, user)


def person_or_404(user_id: int) -> User:
    """The person.  Raises NotFound."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such person here.")
    return user


def mail_or_404(mail_id: int) -> OutboundMail:
    """The mail; ask `may_read` before showing more than its envelope.  Raises NotFound."""
    mail = db.session.get(OutboundMail, mail_id)
    if mail is None:
        raise NotFound("There is no such mail here.")
    return mail


def incoming_or_404(mail_id: int) -> InboundMail:
    """The mail that came in; ask `may_read_incoming` before showing what it says.  Raises NotFound."""
    mail = db.session.get(InboundMail, mail_id)
    if mail is None:
        raise NotFound("There is no such mail here.")
    return mail


def original_or_404(mail_id: int) -> InboundMail:
    """The mail, to be read as it came; ask `may_read_incoming` as well.

    Raises NotFound, also when what it said was removed from its ticket for good.
    """
    mail = incoming_or_404(mail_id)
    message_id = message_id_of(mail.about)
    message = db.session.get(Message, message_id) if message_id else None
    if message is not None and message.redacted_at is not None:
        raise NotFound("What this mail said was removed from its ticket for good.")
    return mail


def mailbox_or_404(mailbox_id: int) -> Mailbox:
    """The mailbox.  Raises NotFound."""
    mailbox = db.session.get(Mailbox, mailbox_id)
    if mailbox is None:
        raise NotFound("There is no such mailbox here.")
    return mailbox


def job_or_404(job_id: int) -> Job:
    """The job.  Raises NotFound; a job that is done has no row any more."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound("There is no such job any more. It may be done by now.")
    return job
