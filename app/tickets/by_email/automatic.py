"""Mail of machines: what is our own, what must not be answered, and how much is too much."""

from datetime import timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.db import at_most, db
from app.mail import desk_id, own_addresses
from app.mail.inbound import Way
from app.mail.outbound import OutboundMail
from app.mail.receivers import Incoming
from app.tickets.by_email.sender import Sender
from app.tickets.ticket import Channel, Ticket

HOUR = timedelta(hours=1)
MOST_RECEIPTS = 4
"""So many tickets of one address within an hour are confirmed by mail: a desk that answers ours with a
new mail each time gets no more."""
MOST_TICKETS = 100
"""So many are opened at all; what comes after waits for a person to look at it."""


def is_own(incoming: Incoming) -> bool:
    """Whether it is a mail of ours that came back to us."""
    mail = incoming.mail
    if desk_id.is_this_desk(mail.hearth_ids):
        return True
    if mail.from_address and own_addresses.is_own(mail.from_address):
        return True
    known = select(OutboundMail.id).where(OutboundMail.message_id == f"<{mail.message_id}>")
    return mail.message_id is not None and db.session.scalar(known) is not None


def must_not_be_answered(incoming: Incoming) -> bool:
    """Whether no machine may answer: another wrote it, or nobody who reads (RFC 3834, 2; RFC 5321, 4.5.5)."""
    mail = incoming.mail
    nobody = mail.return_path == "" or (incoming.way is Way.SMTP and not incoming.envelope_from)
    return mail.must_not_auto_respond or mail.is_auto_reply or mail.is_list or nobody


def opened_lately(sender: Sender) -> int:
    """How many tickets this address opened by mail within the last hour, counted to `MOST_TICKETS`."""
    if sender.person is None:
        return 0
    theirs = select(Ticket.id).where(
        Ticket.requester_id == sender.person.id,
        Ticket.channel == Channel.MAIL,
        Ticket.created_at > clock.now() - HOUR,
        Ticket.updated_at > clock.now() - HOUR,
    )
    counted = select(func.count()).select_from(theirs.limit(at_most(MOST_TICKETS)).subquery())
    return db.session.scalar(counted) or 0
