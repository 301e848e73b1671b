"""Reading tickets for pages: rows of plain values, by key, in a constant number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, func, select

from app.accounts.permissions import Permission
from app.accounts.user import Person, User, Visitor
from app.attachments.attachment import Attachment
from app.core import clock
from app.core.db import at_most, db, plain_rows
from app.core.markdown import trusted
from app.core.web.filters import MANY
from app.core.web.remembering import remembered
from app.mail.inbound import InboundMail
from app.mail.noting import GIVEN_UP_AFTER
from app.mail.queries import MailRow, mails_about
from app.tickets.access import visible_messages
from app.tickets.claims.queries import UNDECIDED
from app.tickets.correspondence import COPY, MESSAGE
from app.tickets.delivery import Delivery
from app.tickets.history import STAMP
from app.tickets.mentions.queries import UNREAD
from app.tickets.message import Direction, Message, MessageFile, Visibility, is_scheduled
from app.tickets.ticket import Channel, Stage, Status, Ticket

AnySelect = Select[*tuple[Any, ...]]

ROWS = 30
SHORT = 4000
"""Characters of HTML below which a message is worth keeping ready."""


class View(StrEnum):
    """The views of the inbox."""

    UNASSIGNED = "unassigned"
    MINE = "mine"
    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


TO_DO = (View.UNASSIGNED, View.MINE, View.OPEN, View.WAITING)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as the page shows it; `html` was sanitised when it was rendered."""

    id: int
    author_id: int
    author_name: str
    visibility: Visibility
    direction: Direction
    channel: Channel
    automatic: bool
    doubtful: bool
    html: str
    undelivered: str
    created_at: datetime
    held_until: datetime | None
    then: Status | None
    edited_at: datetime | None
    has_whole: bool
    has_mail: bool
    has_files: bool
    files: Sequence["FileRow"]

    @property
    def scheduled(self) -> bool:
        """Whether it waits for a time that was chosen, not only for second thoughts."""
        return is_scheduled(self.created_at, self.held_until)

    @property
    def is_reply(self) -> bool:
        """Whether it is a text of staff that goes to the customer's side by mail, and does not wait."""
        return (
            self.direction is Direction.OUT
            and self.channel in (Channel.WEB, Channel.MAIL)
            and self.held_until is None
            and not self.internal
        )

    @property
    def is_plain(self) -> bool:
        """Whether nothing hangs on it, and it is short: then its HTML is kept from page to page."""
        return not (self.files or self.held_until or self.undelivered) and len(self.html) < SHORT

    @property
    def internal(self) -> bool:
        """Whether staff alone may read it."""
        return self.visibility is Visibility.INTERNAL

    @property
    def body(self) -> Markup:
        """The HTML, as it was sanitised when the message was written."""
        return trusted(self.html)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a message."""

    id: int
    name: str
    type: str
    bytes: int


def inbox_counts(user: User) -> dict[str, int]:
    """How many tickets each view of work to do holds, counted to `MANY` at most; so for `mentions`
    and for `claims`, mails that somebody has to look at."""
    (counts,) = plain_rows(_inbox_counts(), {"me": user.id})
    return dict(zip((*TO_DO, "mentions", "claims"), counts, strict=True))


def counts_aside(user: User) -> Mapping[str, int]:
    """The same for a page about something else, at most a minute old."""
    minute = int(clock.now().timestamp()) // 60
    return remembered(STAMP, ("inbox", user.id, minute), lambda: inbox_counts(user))


def conversation(ticket: Ticket, user: Person) -> list[MessageRow]:
    """The messages that this person may read, oldest first, with their files."""
    seen = _CONVERSATION
    if not user.may(Permission.TICKETS_READ):
        seen = seen.where(visible_messages(user))
    found = plain_rows(seen, {"ticket": ticket.id})
    files: dict[int, list[FileRow]] = {}
    if any(row.has_files for row in found):
        for row in plain_rows(_FILES, {"ticket": ticket.id}):
            files.setdefault(row[0], []).append(FileRow(*row[1:]))
    return [MessageRow(*[*row, files.get(row.id, ())]) for row in found]


def file_of(ticket: Ticket, file_id: int, user: Person) -> Attachment | None:
    """A file of a message of this ticket that this person may read."""
    return db.session.scalar(
        select(Attachment)
        .join(MessageFile)
        .join(Message)
        .where(Message.ticket_id == ticket.id, Attachment.id == file_id, visible_messages(user))
    )


def mail_of(ticket: Ticket, message_id: int, user: Person) -> InboundMail | None:
    """The mail by which a message came that this person may read; none when it was removed for good."""
    mail = select(InboundMail).join(Message, Message.inbound_mail_id == InboundMail.id)
    this = Message.id == message_id, Message.ticket_id == ticket.id, Message.redacted_at.is_(None)
    return db.session.scalar(mail.where(*this, visible_messages(user)))


def public_files(ticket_id: int, ids: Sequence[int]) -> Sequence[Attachment]:
    """Those of the files that hang on messages which the customer's side of the ticket may read."""
    if not ids:
        return ()
    found = select(Attachment).join(MessageFile).join(Message).where(Attachment.id.in_(ids))
    public = visible_messages(Visitor())
    found = found.where(Message.ticket_id == ticket_id, public).order_by(Attachment.id).distinct()
    return db.session.scalars(found).all()


def deliveries(messages: Iterable[MessageRow]) -> dict[int, Delivery]:
    """What became of the mails of replies, by the id of the message.

    A reply of which there is no mail yet is among them for as long as mail is tried at most.
    """
    replies = {each.id: each for each in messages if each.is_reply}
    latest: dict[int, dict[str, MailRow]] = {key: {} for key in replies}
    abouts = [f"{kind}{key}" for key in replies for kind in (MESSAGE, COPY)]
    for row in mails_about(abouts):
        kind, _, key = str(row.about).partition(":")
        reader = row.to_address if f"{kind}:" == COPY else ""  # the requester's may have changed
        latest[int(key)][reader] = row
    young = clock.now() - GIVEN_UP_AFTER
    return {
        key: Delivery(tuple(mails.values()))
        for key, mails in latest.items()
        if mails or replies[key].created_at > young
    }


# Statements are made once: making one costs more than running it.

_ME = bindparam("me", type_=Integer)
_TICKET = bindparam("ticket", type_=Integer)
_AWAKE = Ticket.snoozed_at.is_(None)

_CONVERSATION = (
    select(
        Message.id, Message.author_id, User.name, Message.visibility, Message.direction,
        Message.channel, Message.automatic, Message.doubtful, Message.html, Message.undelivered,
        Message.created_at, Message.held_until, Message.then, Message.edited_at,
        (Message.whole != "").label("has_whole"),
        and_(Message.inbound_mail_id.is_not(None), Message.redacted_at.is_(None)).label("has_mail"),
        exists().where(MessageFile.message_id == Message.id).label("has_files"),
    )
    .join(User, User.id == Message.author_id)
    .where(Message.ticket_id == _TICKET)
    .order_by(Message.id)
)  # fmt: skip

_FILES = (
    select(
        MessageFile.message_id, Attachment.id, Attachment.name, Attachment.type, Attachment.bytes
    )
    .join(Attachment)
    .join(Message)
    .where(Message.ticket_id == _TICKET)
    .order_by(Attachment.id)
)


@cache
def _inbox_counts() -> AnySelect:
    return _counts([_in_view(view) for view in TO_DO]).add_columns(UNREAD, UNDECIDED)


def _in_view(view: View) -> list[ColumnElement[bool]]:
    match view:
        case View.UNASSIGNED:
            return [Ticket.active == 1, Ticket.assignee_id.is_(None), _AWAKE]
        case View.MINE:
            return [Ticket.active == 1, Ticket.assignee_id == _ME, _AWAKE]
        case View.OPEN:
            return [Ticket.stage == Stage.OPEN, _AWAKE]
        case View.WAITING:
            return [Ticket.stage == Stage.WAITING]
        case View.SNOOZED:
            return [Ticket.snoozed_at.is_not(None)]
        case View.RESOLVED:
            return [Ticket.stage == Stage.DONE]


def _counts(views: list[list[ColumnElement[bool]]]) -> AnySelect:
    capped = (
        select(func.count())
        .select_from(select(Ticket.id).where(*where).limit(at_most(MANY)).subquery())
        .scalar_subquery()
        for where in views
    )
    return select(*capped)
