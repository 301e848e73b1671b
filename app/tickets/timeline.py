"""The conversation of a ticket: messages, and between them, for staff, what else happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Integer, Row, bindparam, select

from app.accounts import people
from app.accounts.user import Person
from app.core.db import at_most, db, plain_rows
from app.core.web.pages import Page
from app.tickets import events
from app.tickets.access import RULES, Act
from app.tickets.history import IN_ORDER, TicketEvent
from app.tickets.queries import MessageRow, conversation
from app.tickets.ticket import Ticket

SHOWN = (
    events.StatusChanged,
    events.MessageEdited,
    events.MessageRedacted,
    events.SubjectChanged,
    events.Snoozed,
    events.Unsnoozed,
    events.ReopenDismissed,
    events.Assigned,
    events.Unassigned,
    events.TeamChanged,
    events.PriorityChanged,
    events.TagAdded,
    events.TagRemoved,
    events.ArticleInserted,
    events.ArticleLinked,
    events.QuestionLinked,
    events.MacroApplied,
    events.TicketImported,
    events.SurveySent,
    events.SurveySuppressed,
    events.SurveyAnswered,
    events.SurveyRevised,
    events.ReplyVoided,
    events.ContactLogged,
    events.ParticipantAdded,
    events.ParticipantRemoved,
    events.MessageCancelled,
    events.MatchQuarantined,
    events.MatchConfirmed,
    events.MatchRejected,
    events.MessageResent,
)
FOLDED_FROM = 4
A_PAGE = 100
KINDS = tuple(fact.kind for fact in SHOWN)
PEOPLE = ("to_id", "person_id", "mentioned_id", "requester_id")
"""Where the payload of a fact names somebody."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """A fact as the page tells it; `template` is its sentence."""

    kind: str
    template: str
    at: datetime
    by: str
    names: dict[int, str]
    payload: dict[str, Any]
    seq: int
    source: str


def folded(
    entries: Sequence[MessageRow | EventRow],
) -> list[MessageRow | EventRow | list[EventRow]]:
    """The same, with so many events in a row that they would hide the talk as one list."""
    found: list[MessageRow | EventRow | list[EventRow]] = []
    for is_event, run in groupby(entries, key=lambda entry: isinstance(entry, EventRow)):
        several = list(run)
        if is_event and len(several) >= FOLDED_FROM:
            found.append(cast(list[EventRow], several))
        else:
            found.extend(several)
    return found


_FACTS = select(
    TicketEvent.kind, TicketEvent.occurred_at, TicketEvent.actor_id, TicketEvent.payload,
    TicketEvent.seq, TicketEvent.source,
).where(TicketEvent.ticket_id == bindparam("ticket", type_=Integer))  # fmt: skip
_EVENTS = _FACTS.where(TicketEvent.kind.in_(KINDS)).order_by(*IN_ORDER)
_ALL = (
    _FACTS.where(TicketEvent.seq > bindparam("after", type_=Integer))
    .order_by(TicketEvent.seq)
    .limit(at_most(A_PAGE + 1))
)


def told(ticket: Ticket, user: Person) -> Sequence[MessageRow | EventRow]:
    """Everything on the ticket that this person may read, in the order it happened."""
    messages = conversation(ticket, user)
    if not RULES[Act.SEE_NOTES](user, ticket):
        return messages
    happened: list[MessageRow | EventRow] = [*messages, *_events(ticket, messages)]
    return sorted(happened, key=_when)


def recorded(ticket: Ticket, *, after: int = 0) -> Page[EventRow]:
    """Every fact of the ticket after this seq, as the ledger holds them: a page of them, for staff."""
    rows = db.session.execute(_ALL, {"ticket": ticket.id, "after": after}).all()
    shown = _rows(rows[:A_PAGE], {})
    return Page(shown, after=str(shown[-1].seq) if len(rows) > A_PAGE else None)


def _when(entry: MessageRow | EventRow) -> datetime:
    return entry.created_at if isinstance(entry, MessageRow) else entry.at


def _events(ticket: Ticket, messages: Sequence[MessageRow]) -> list[EventRow]:
    found = plain_rows(_EVENTS, {"ticket": ticket.id})
    return _rows(found, {each.author_id: each.author_name for each in messages})


def _rows(rows: Sequence[Row[*tuple[Any, ...]]], names: dict[int, str]) -> list[EventRow]:
    """The facts with the names of all whom they mention; `names` are known already."""
    ids = {
        each
        for row in rows
        for each in (row.actor_id, *(row.payload.get(name) for name in PEOPLE))
        if each
    }
    if unknown := ids - set(names):
        names |= people.names_of(unknown)
    return [
        EventRow(
            kind=row.kind,
            template=f"tickets/timeline/{row.kind.replace('.', '_')}.html",
            at=row.occurred_at,
            by=names.get(row.actor_id or 0, "Hearth"),
            names=names,
            payload=row.payload,
            seq=row.seq,
            source=row.source,
        )
        for row in rows
    ]
