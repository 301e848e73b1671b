"""Putting mail in the outbox."""

from collections.abc import Sequence

from sqlalchemy import Select

from app.core import clock
from app.core.db import db
from app.core.errors import InvalidTransition
from app.core.events import publish
from app.core.settings import settings
from app.core.uow import verb
from app.core.web.addresses import public_host
from app.mail import jobs
from app.mail.composing import Composed
from app.mail.events import MailRefused
from app.mail.outbound import Enclosure, Kind, OutboundMail, State
from app.mail.suppression import NO_ADDRESS, is_address, reason_not_to_send
from app.mail.threading import new_message_id, place_in

NO_SERVER = "This desk has no mail server, so nothing can be sent."


@verb
def queue(
    composed: Composed,
    *,
    to: str,
    kind: Kind,
    automatic: bool,
    about: str | None = None,
    conversation: str | None = None,
    mailbox_id: int | None = None,
    unsubscribe_url: str = "",
    written_by: str = "",
    enclosures: Sequence[Enclosure] = (),
    theirs: Select[int | None] | None = None,
) -> OutboundMail:
    """A mail to one address, leaving after the present transaction, if it is committed.

    Without a mail server it is kept, for good.  `automatic` says that none of us sent it by hand.  For
    `about`, `conversation` and the rest see `OutboundMail`; for `theirs`, `place_in`.  A mail that must
    not leave is failed at once.
    """
    address = to.strip()
    reason = reason_not_to_send(address, kind=kind, automatic=automatic, conversation=conversation)
    place = place_in(conversation, address=address, theirs=theirs)
    mail = OutboundMail(
        to_address=address[:254],
        subject=composed.subject,
        text=composed.text,
        html=composed.html,
        kind=kind,
        about=about,
        conversation=conversation,
        message_id=new_message_id(about, host=public_host()),
        in_reply_to=place.in_reply_to,
        references=" ".join(place.references),
        automatic=automatic,
        state=State.FAILED if reason else State.QUEUED if settings().smtp_url else State.KEPT,
        last_error=reason,
        mailbox_id=mailbox_id,
        unsubscribe_url=unsubscribe_url,
        written_by=written_by[:200],
        enclosures=list(enclosures),
    )
    db.session.add(mail)
    db.session.flush()  # the job needs its id
    match mail.state:
        case State.QUEUED:
            jobs.send.later(mail_id=mail.id)
        case State.KEPT:
            jobs.keep.later(mail_id=mail.id)
        case _:
            publish(MailRefused(mail_id=mail.id, about=about, code="", reason=reason))
    return mail


@verb
def send_again(mail: OutboundMail) -> None:
    """Try a mail that was given up once more, as if it were new.  Nothing happens to any other.

    Raises InvalidTransition when there is no way to the address.
    """
    if not is_address(mail.to_address):
        raise InvalidTransition(NO_ADDRESS)
    if not settings().smtp_url:
        raise InvalidTransition(NO_SERVER)
    if mail.state is State.FAILED:
        mail.state, mail.last_error = State.QUEUED, ""
        mail.attempts, mail.queued_at = 0, clock.now()
        jobs.send.later(mail_id=mail.id)
