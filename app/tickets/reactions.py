"""What tickets do about facts: let held replies go in time, note what became of their mail."""

from datetime import datetime

from app.accounts import people
from app.accounts.permissions import Permission
from app.core import clock
from app.core.db import db
from app.mail import forgetting
from app.mail.events import MailRefused, MailSent
from app.tickets import jobs
from app.tickets.correspondence import abouts_of, conversation_with, message_id_of
from app.tickets.events import MessageQueued, MessageRedacted, Snoozed
from app.tickets.message import Message
from app.tickets.ticket import Ticket


def on_queued(fact: MessageQueued) -> None:
    """A reply may be held for a while."""
    message = db.session.get_one(Message, fact.message_id)
    if message.held_until:
        jobs.release.later(message_id=message.id, _delay=message.held_until - clock.now())


def on_snoozed(fact: Snoozed) -> None:
    """A ticket that was put aside until a time comes back then."""
    if fact.until:
        wait = datetime.fromisoformat(fact.until) - clock.now()
        jobs.wake.later(ticket_id=fact.ticket_id, _delay=wait)


def on_redacted(fact: MessageRedacted) -> None:
    """Our copies of its mails must not say it any longer either."""
    staff = people.names_with(Permission.TICKETS_READ)
    ticket = db.session.get_one(Ticket, fact.ticket_id)
    told_in = [conversation_with(each, ticket) for each in staff]
    forgetting.forget(abouts_of(fact.message_id), told_in=told_in)


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
