"""The mail of the demo: as its senders write it, brought to the desk and filed like any other."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db
from app.core.jobs.declare import add_rows
from app.core.jobs.model import Job
from app.core.settings import settings
from app.mail import jobs, mailboxes, receivers, settling, signed_address
from app.mail.credentials import Credentials
from app.mail.delivery import Addressee, Delivery
from app.mail.inbound import InboundMail, Way
from app.mail.mailbox import Mailbox
from app.mail.outbound import OutboundMail
from app.mail.parsing.reading import parse
from app.mail.receivers import Incoming, Outcome
from app.mail.receiving import accept
from app.mail.signed_address import Purpose
from app.ops.demo import errands
from app.tickets.correspondence import about_message, conversation_with
from app.tickets.message import Message
from app.tickets.ticket import Ticket

_REPORT = """From: Mail Delivery System <mailer-daemon@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {date:%a, %d %b %Y %H:%M:%S +0000}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain

Your mail to {recipient} could not be delivered.

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {answer}

--report--
"""


def open_mailbox() -> None:
    """Give the desk a mailbox to which mail is brought."""
    nobody = Credentials()
    mailboxes.add_mailbox(
        credentials=nobody, address=settings().mail_from, display_name=settings().desk_name
    )


def letter(
    sender: str, *, name: str, subject: str, text: str, to: str = "", away: bool = False
) -> bytes:
    """What somebody sends to the desk, or to an address of it; or their program, while they are `away`."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = formataddr((name, sender)), to or settings().mail_from
    made["Subject"], made["Date"] = subject, clock.now()
    digest = hashlib.sha256(f"{sender} {subject} {text}".encode()).hexdigest()[:24]
    made["Message-ID"] = f"<{digest}@{sender.rpartition('@')[2]}>"
    if away:
        made["Auto-Submitted"] = "auto-replied"
    made.set_content(text)
    return bytes(made)


def reply_address(ticket: Ticket, person_id: int) -> str:
    """Where somebody answers the last mail that they got about the ticket."""
    errands.run_due()  # writes the mail
    theirs = OutboundMail.conversation == conversation_with(person_id, ticket)
    last = select(OutboundMail.id).where(theirs).order_by(OutboundMail.id.desc()).limit(1)
    mail_id = db.session.scalars(last).one()
    return signed_address.sign(settings().mail_from, Purpose.REPLY, mail_id)


def bring(raw: bytes) -> Outcome:
    """Let a mail come in, and read and file it at once, in the present transaction."""
    mailbox = db.session.scalars(select(Mailbox)).one()
    addressee = Addressee(mailbox.id, mailbox.group)
    came = accept(raw, Delivery(way=Way.FILE, addressee=addressee, mark=""))
    add_rows(db.session())
    db.session.execute(delete(Job).where(Job.name == jobs.read.name))
    mail, parsed = db.session.get_one(InboundMail, came.mail_id), parse(raw)
    mail.from_address, mail.facts = parsed.from_address or "", settling.facts_of(parsed)
    incoming = Incoming(
        inbound_id=mail.id,
        mail=parsed,
        way=mail.way,
        mailbox_id=mailbox.id,
        mailbox_address=mailbox.address,
        trusted_authserv="",
        envelope_from="",
        envelope_to="",
        received_at=mail.received_at,
    )
    outcome = receivers.offer(incoming)
    settling.decide(mail, outcome, by_id=None)
    return outcome


def give_back(message: Message, *, answer: str) -> None:
    """Let the mail of a reply come back; `answer` is a server's, such as `550 5.1.2 No such host`."""
    errands.run_due()  # writes the mail
    about = about_message(message)
    mail = db.session.scalars(select(OutboundMail).where(OutboundMail.about == about)).one()
    report = _REPORT.format(
        to=signed_address.sign(settings().mail_from, Purpose.BOUNCE, mail.id),
        date=clock.now(),
        recipient=mail.to_address,
        status=answer.split()[1],
        answer=answer,
    )
    bring(report.replace("\n", "\r\n").encode())
