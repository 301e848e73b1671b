"""What tickets do about facts from below: note what became of the mail of a message."""

from app.mail.events import MailRefused, MailSent
from app.tickets import jobs
from app.tickets.correspondence import message_id_of


def on_mail_sent(fact: MailSent) -> None:
    """The mail left: it may be a reply's."""
    if message_id := message_id_of(fact.about):
        jobs.note_delivery.later(message_id=message_id, mail_id=fact.mail_id)


def on_mail_refused(fact: MailRefused) -> None:
    """The mail will not arrive: it may be a reply's."""
    if message_id := message_id_of(fact.about):
        jobs.note_bounce.later(
            message_id=message_id, mail_id=fact.mail_id, code=fact.code, reason=fact.reason
        )
