"""What mail to tickets does about facts: whoever sent too large a mail hears of it."""

from app.mail.events import MailQuarantined
from app.tickets.by_email import jobs
from app.tickets.by_email.oversized import OVERSIZED


def on_quarantined(fact: MailQuarantined) -> None:
    """A mail waits for a person: its sender is told if it was its size."""
    if fact.reason == OVERSIZED:
        jobs.tell_of_size.later(inbound_id=fact.inbound_id)
