"""A mail server that never was refuses a mail of the demo."""

from sqlalchemy import select

from app.core.db import db
from app.mail import noting
from app.mail.answer import Answer, Fate
from app.mail.outbound import OutboundMail, State
from app.ops.demo import errands
from app.tickets.correspondence import about_message
from app.tickets.message import Message


def refuse(message: Message, *, answer: str) -> None:
    """Let the mail of a reply be refused for good; `answer` is the server's, such as `550 No such host`."""
    errands.run_due()  # writes the mail
    about = about_message(message)
    mail = db.session.scalars(select(OutboundMail).where(OutboundMail.about == about)).one()
    mail.state = State.QUEUED  # it was kept, for there is no server; this one was tried
    code, _, words = answer.partition(" ")
    noting.note_trouble(mail, Answer(Fate.REFUSED, words, int(code)))
