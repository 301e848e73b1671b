"""The ledger of mail that came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, true

from app.accounts.user import Person, User
from app.core.db import at_most, db
from app.core.web.pages import Page
from app.mail.inbound import InboundMail, State, Way
from app.mail.mailbox import Mailbox
from app.mail.sighting import Sighting
from app.mail.step import Happened, Step
from app.ops.access import may_read_incoming
from app.tickets.message import Message

ROWS = 50
ARRIVALS = 20


class View(StrEnum):
    """The tabs of the list."""

    ALL = "all"
    WAITING = "waiting"
    QUARANTINED = "quarantined"
    FILED = "filed"
    IGNORED = "ignored"


STATES: Mapping[View, Sequence[State]] = {
    View.ALL: tuple(State),
    View.WAITING: (State.RECEIVED, State.PARSED),
    View.QUARANTINED: (State.QUARANTINED,),
    View.FILED: (State.FILED,),
    View.IGNORED: (State.IGNORED,),
}


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A line of the list; no subject where the reader may not read what mails say."""

    id: int
    from_address: str
    subject: str | None
    state: State
    detail: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """Why mails rest where they do, and how many."""

    reason: str
    detail: str
    count: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One time that the mail came."""

    at: datetime
    way: Way
    mailbox: str | None
    envelope_to: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something that happened to it; `by` is a person's name, empty for the worker."""

    at: datetime
    happened: Happened
    detail: str
    by: str


def counts() -> Mapping[View, int]:
    """How many mails stand under each tab."""
    rows = db.session.execute(select(InboundMail.state, func.count()).group_by(InboundMail.state))
    by_state = {row[0]: row[1] for row in rows}
    return {
        view: sum(by_state.get(state, 0) for state in states) for view, states in STATES.items()
    }


def incoming(
    view: View, *, text: str, reason: str, before: int, reader: Person
) -> Page[IncomingRow]:
    """A page of the ledger, the newest first; of mails from or under `text`, if there is any."""
    columns = (
        InboundMail.id,
        InboundMail.from_address,
        InboundMail.subject,
        InboundMail.state,
        InboundMail.detail,
        InboundMail.received_at,
    )
    found = select(*columns).where(_in_view(view), _about(text), _older_than(before))
    if reason:
        found = found.where(InboundMail.reason == reason)
    rows = db.session.execute(found.order_by(InboundMail.id.desc()).limit(at_most(ROWS + 1))).all()
    readable = may_read_incoming(reader)
    items = [
        IncomingRow(
            id=row.id,
            from_address=row.from_address,
            subject=row.subject if readable else None,
            state=row.state,
            detail=row.detail,
            received_at=row.received_at,
        )
        for row in rows[:ROWS]
    ]
    return Page(items=items, after=str(items[-1].id) if len(rows) > ROWS else None)


def reasons(view: View) -> Sequence[Reason]:
    """Why mails are set aside or ignored, the most frequent first; nothing for other tabs."""
    if view not in (View.QUARANTINED, View.IGNORED):
        return ()
    counted = (
        select(InboundMail.reason, func.max(InboundMail.detail), func.count())
        .where(_in_view(view))
        .group_by(InboundMail.reason)
        .order_by(func.count().desc(), InboundMail.reason)
    )
    return [Reason(*row) for row in db.session.execute(counted)]


def arrivals(mail_id: int) -> Sequence[Arrival]:
    """When and how it came, the first time first."""
    rows = (
        select(Sighting.at, Sighting.way, Mailbox.address, Sighting.envelope_to)
        .outerjoin(Mailbox, Mailbox.id == Sighting.mailbox_id)
        .where(Sighting.inbound_id == mail_id)
        .order_by(Sighting.id)
    )
    return [Arrival(*row) for row in db.session.execute(rows.limit(at_most(ARRIVALS)))]


def steps(mail_id: int) -> Sequence[StepRow]:
    """What happened to it, in order."""
    rows = (
        select(Step.at, Step.happened, Step.detail, func.coalesce(User.name, ""))
        .outerjoin(User, User.id == Step.by_id)
        .where(Step.inbound_id == mail_id)
        .order_by(Step.id)
    )
    return [StepRow(*row) for row in db.session.execute(rows)]


def ticket_of(mail: InboundMail) -> int | None:
    """The number of the ticket that it went to; None when it went to none."""
    kind, _, number = (mail.about or "").partition(":")
    match kind:
        case "ticket":
            return int(number)
        case "message":
            found = select(Message.ticket_id).where(Message.id == int(number))
            return db.session.scalar(found)
        case _:
            return None


def _in_view(view: View) -> ColumnElement[bool]:
    return true() if view is View.ALL else InboundMail.state.in_(STATES[view])


def _about(text: str) -> ColumnElement[bool]:
    if not text:
        return true()
    return or_(
        InboundMail.from_address.istartswith(text, autoescape=True),
        InboundMail.envelope_from.istartswith(text, autoescape=True),
        InboundMail.message_id == text.strip("<> "),
    )


def _older_than(mail_id: int) -> ColumnElement[bool]:
    return InboundMail.id < mail_id if mail_id else true()
