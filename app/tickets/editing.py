"""Changing what was said: editing with all versions kept, taking a text out for good, the subject."""

import hashlib

from sqlalchemy import delete, func, select

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.core.uow import verb
from app.core.written import Written, written, written_plain
from app.tickets.events import AuthorKind, MessageEdited, MessageRedacted, SubjectChanged
from app.tickets.history import record
from app.tickets.message import Message, MessageFile, MessageVersion
from app.tickets.ticket import Ticket

LONGEST_SUBJECT = 300
GONE = "<p><em>This message was removed.</em></p>"


def message_or_404(ticket: Ticket, message_id: int) -> Message:
    """A message of this ticket.  Raises NotFound."""
    message = db.session.scalar(
        select(Message).where(Message.id == message_id, Message.ticket_id == ticket.id)
    )
    if message is None:
        raise NotFound("There is no such message here any more.")
    return message


def versions_of(message: Message) -> list[MessageVersion]:
    """What it said before, the latest first."""
    before = select(MessageVersion).where(MessageVersion.message_id == message.id)
    return list(db.session.scalars(before.order_by(MessageVersion.id.desc())))


def edit_message(message: Message, *, text: str, by: User) -> None:
    """Say it otherwise; what it said before is kept, and readers see that it was edited.

    Mail that has left stays as it was.  Raises InvalidInput (field `text`), NotAllowed for what
    somebody else wrote, Conflict for what was removed or has not been sent.
    """
    said = written_plain(text) if message.plain else written(text)
    _edit(message, said, by=by)


@verb
def redact_message(message: Message, *, by: User) -> None:
    """Take text, earlier versions and files out for good, here and in our copies of its mails.

    Who wrote and when stays.  Raises Conflict for a reply that has not been sent: take it back.
    """
    _insist_on_sent(message)
    if message.redacted_at:
        return
    message.text, message.whole, message.html = "", "", GONE
    message.redacted_at = clock.now()
    db.session.execute(delete(MessageVersion).where(MessageVersion.message_id == message.id))
    db.session.execute(delete(MessageFile).where(MessageFile.message_id == message.id))
    removed = MessageRedacted(ticket_id=message.ticket_id, by_id=by.id, message_id=message.id)
    record(removed, actor=AuthorKind.AGENT)


@verb
def change_subject(ticket: Ticket, *, to: str, by: User) -> None:
    """Call the ticket something else.  Raises InvalidInput (field `subject`)."""
    subject = " ".join(to.split())
    if not 1 <= len(subject) <= LONGEST_SUBJECT:
        raise InvalidInput(f"A subject has 1 to {LONGEST_SUBJECT} characters.", field="subject")
    if subject == ticket.subject:
        return
    ticket.subject, ticket.updated_at = subject, clock.now()
    digest = hashlib.sha256(subject.encode()).hexdigest()
    changed = SubjectChanged(ticket_id=ticket.id, by_id=by.id, digest=digest)
    record(changed, actor=AuthorKind.AGENT)


@verb
def _edit(message: Message, said: Written, *, by: User) -> None:
    if message.author_id != by.id:
        raise NotAllowed("Only whoever wrote a message can edit it.")
    _insist_on_sent(message)
    if message.redacted_at:
        raise Conflict("This message was removed.")
    if said.text == message.text:
        return
    before = MessageVersion(
        message_id=message.id,
        text=message.text,
        html=message.html,
        renderer_version=message.renderer_version,
        replaced_by_id=by.id,
        replaced_at=clock.now(),
    )
    db.session.add(before)
    message.text, message.html = said.text, said.html
    message.renderer_version, message.edited_at = said.renderer_version, clock.now()
    db.session.flush()
    count = select(func.count()).where(MessageVersion.message_id == message.id)
    edited = MessageEdited(
        ticket_id=message.ticket_id,
        by_id=by.id,
        message_id=message.id,
        versions=db.session.scalar(count) or 0,
    )
    record(edited, actor=AuthorKind.AGENT)


def _insist_on_sent(message: Message) -> None:
    if message.held_until:
        raise Conflict("This reply has not left yet. Take it back, then change it.")
