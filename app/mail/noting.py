"""Writing down what became of a mail."""

from datetime import timedelta

from app.core import clock
from app.core.events import publish
from app.core.uow import verb
from app.mail.answer import Answer, Fate
from app.mail.events import MailRefused, MailSent
from app.mail.outbound import OutboundMail, State

GIVEN_UP_AFTER = timedelta(hours=48)


@verb
def note_sent(mail: OutboundMail) -> None:
    """A server took it.  Twice is once."""
    if mail.state is State.SENT:
        return
    mail.state, mail.sent_at = State.SENT, clock.now()
    mail.attempts += 1
    mail.smtp_code, mail.last_error, mail.waits_for_server = 250, "", False
    publish(MailSent(mail_id=mail.id, about=mail.about))


@verb
def note_trouble(mail: OutboundMail, answer: Answer) -> None:
    """A server refused it, or there was none; after two days of that it is given up."""
    if mail.state is not State.QUEUED:
        return
    mail.attempts += 1
    mail.smtp_code, mail.last_error = answer.code, answer.words
    mail.waits_for_server = answer.fate is Fate.NO_SERVER
    too_late = clock.now() - mail.queued_at >= GIVEN_UP_AFTER
    if answer.fate is Fate.REFUSED or too_late:
        mail.state, mail.waits_for_server = State.FAILED, False
        code = str(answer.code or "")
        publish(MailRefused(mail_id=mail.id, about=mail.about, code=code, reason=answer.words))


@verb
def note_returned(mail: OutboundMail, *, code: int | None, reason: str) -> None:
    """It came back for good after a server had taken it (RFC 3464).  Twice is once.

    `code` is that of the server which refused it, such as 550, as far as its report says.
    """
    if mail.state is State.FAILED:
        return
    mail.state, mail.smtp_code, mail.last_error = State.FAILED, code, reason[:300]
    publish(
        MailRefused(mail_id=mail.id, about=mail.about, code=str(code or ""), reason=mail.last_error)
    )


@verb
def note_returned_for_now(mail: OutboundMail, *, reason: str) -> None:
    """Some server on its way tries on (RFC 3464, `delayed`): nothing is decided yet."""
    if mail.state is not State.FAILED:
        mail.last_error = reason[:300]
