"""Reading for the pages of this room: rows by key, in a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.accounts.organisation import Organisation
from app.accounts.person_note import PersonNote
from app.accounts.user import Person, User
from app.community.access import sight_of, visible
from app.community.question import Question
from app.core.db import UtcDateTime, at_most, db
from app.core.markdown import trusted
from app.core.web.filters import MANY
from app.core.web.pages import Page, decode_cursor, encode_cursor
from app.tickets.ticket import Status, Ticket

ROWS = 50
OPTIONS = 8
FEW = 5
NOTES = 50
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A line of the list."""

    id: int
    name: str
    email: str
    organisation_id: int | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A line of the list; `members` is counted to `MANY` at most."""

    id: int
    name: str
    open: bool
    members: int


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket that somebody asked."""

    id: int
    subject: str
    status: Status
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note about a person."""

    id: int
    author_id: int
    author: str
    html: str
    created_at: datetime

    @property
    def body(self) -> Markup:
        """The HTML, as it was sanitised when the note was written."""
        return trusted(self.html)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that somebody asked the community."""

    id: int
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """How many tickets of somebody are open and done, counted to `MANY` at most."""

    open: int
    done: int


def people(text: str, *, after: str = "") -> Page[PersonRow]:
    """A page of everybody by name; or the first whose name or address holds the text."""
    if text:
        held = or_(
            User.name.icontains(text, autoescape=True), User.email.icontains(text, autoescape=True)
        )
        found = _PEOPLE.where(held).limit(at_most(ROWS))
        return Page([PersonRow(*row) for row in db.session.execute(found)])
    found = _PEOPLE.limit(at_most(ROWS + 1))
    match decode_cursor(after, parts=2):
        case [str(name), int(key)]:
            found = found.where(tuple_(User.name, User.id) > (name, key))
    rows = [PersonRow(*row) for row in db.session.execute(found)]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return Page(rows[:ROWS], encode_cursor(last.name, last.id) if last else None)


def options(text: str) -> Sequence[PersonRow]:
    """A few people whose name or address begins with the text; two index ranges, whatever the size."""
    if not text:
        return []
    values = {"from": text.lower(), "to": text.lower() + _LAST, "said": text, "past": text + _LAST}
    cased = text[:1].upper() + text[1:]
    rows = db.session.execute(_OPTIONS, values | {"cased": cased, "cased_past": cased + _LAST})
    return [PersonRow(*row) for row in rows]


def members(organisation_id: int) -> Sequence[PersonRow]:
    """The people of an organisation by name, the first hundred."""
    found = _PEOPLE.where(User.organisation_id == organisation_id).limit(at_most(MANY))
    return [PersonRow(*row) for row in db.session.execute(found)]


def organisations(after: str = "") -> Page[OrganisationRow]:
    """A page of all organisations by name."""
    found = _ORGANISATIONS
    match decode_cursor(after, parts=1):
        case [str(name)]:
            found = found.where(Organisation.name > name)
    rows = [OrganisationRow(*row) for row in db.session.execute(found)]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return Page(rows[:ROWS], encode_cursor(last.name) if last else None)


def organisation_names() -> Sequence[str]:
    """The first names of the alphabet, for completion."""
    names = select(Organisation.name).order_by(Organisation.name).limit(at_most(MANY))
    return db.session.scalars(names).all()


def organisation_named(name: str) -> Organisation | None:
    """The organisation of that name, however it is cased."""
    same = func.lower(Organisation.name) == " ".join(name.split()).lower()
    return db.session.scalar(select(Organisation).where(same))


def tickets_of(person_id: int, *, after: str = "") -> Page[TicketRow]:
    """A page of what somebody asked, what changed last first."""
    statement = _ASKED_BY
    values: dict[str, Any] = {"person": person_id}
    match decode_cursor(after, parts=2):
        case [str(at), int(number)]:
            try:
                values |= {"at": datetime.fromisoformat(at).astimezone(UTC), "number": number}
                statement = _ASKED_BY_CONTINUED
            except (ValueError, OverflowError):  # no time, or none in UTC
                pass
    rows = [
        TicketRow(*row) for row in db.session.execute(statement.limit(at_most(ROWS + 1)), values)
    ]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return Page(rows[:ROWS], encode_cursor(last.updated_at.isoformat(), last.id) if last else None)


def few_tickets_of(person_id: int, *, besides: int) -> Sequence[TicketRow]:
    """The last few things that somebody asked, but for one ticket: the open ones first."""
    values = {"person": person_id, "besides": besides}
    return [TicketRow(*row) for row in db.session.execute(_FEW_ASKED_BY, values)]


def asked_by(person_id: int) -> Asked:
    """How much somebody asked."""
    return Asked(*db.session.execute(_COUNTS, {"person": person_id}).one())


def notes_about(person_id: int) -> Sequence[NoteRow]:
    """The last notes about somebody, the newest first."""
    return [NoteRow(*row) for row in db.session.execute(_NOTES, {"person": person_id})]


def questions_of(person_id: int, viewer: Person) -> Sequence[QuestionRow]:
    """The last few questions of somebody that the viewer may see."""
    asked = (
        select(Question.id, Question.title, Question.created_at)
        .where(Question.author_id == person_id, visible(sight_of(viewer), Question))
        .order_by(Question.id.desc())
        .limit(at_most(FEW))
    )
    return [QuestionRow(*row) for row in db.session.execute(asked, {"me": viewer.id})]


# Statements are made once: making one costs more than running it.

_PERSON = bindparam("person", type_=Integer)
_COLUMNS = (User.id, User.name, User.email, User.organisation_id, Organisation.name)

_PEOPLE: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS)
    .outerjoin(Organisation, Organisation.id == User.organisation_id)
    .order_by(User.name, User.id)
)

_ORGANISATIONS = (
    select(
        Organisation.id,
        Organisation.name,
        Organisation.open,
        select(func.count())
        .where(User.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery(),
    )
    .order_by(Organisation.name)
    .limit(at_most(ROWS + 1))
)


def _range(column: InstrumentedAttribute[str], first: str, past: str) -> Select[int]:
    begins = (column >= bindparam(first, type_=String), column < bindparam(past, type_=String))
    return select(
        select(User.id).where(*begins).order_by(column).limit(at_most(OPTIONS)).subquery()
    )


_OPTIONS = _PEOPLE.where(
    User.id.in_(
        union_all(
            _range(User.email, "from", "to"),
            _range(User.name, "said", "past"),
            _range(User.name, "cased", "cased_past"),
        )
    )
).limit(at_most(OPTIONS))

_ASKED = select(Ticket.id, Ticket.subject, Ticket.status, Ticket.updated_at)
_NEWEST_FIRST = (Ticket.updated_at.desc(), Ticket.id.desc())
_ASKED_BY = _ASKED.where(Ticket.requester_id == _PERSON).order_by(*_NEWEST_FIRST)
_ASKED_BY_CONTINUED = _ASKED_BY.where(
    tuple_(Ticket.updated_at, Ticket.id)
    < tuple_(bindparam("at", type_=UtcDateTime), bindparam("number", type_=Integer))
)


def _few(*, active: int) -> Select[*tuple[Any, ...]]:
    others = Ticket.id != bindparam("besides", type_=Integer)
    rows = _ASKED.where(Ticket.requester_id == _PERSON, Ticket.active == active, others)
    return select(rows.order_by(*_NEWEST_FIRST).limit(at_most(FEW)).subquery())


_FEW_ASKED_BY = union_all(_few(active=1), _few(active=0))


def _count(*, active: int) -> ColumnElement[int]:
    rows = select(Ticket.id).where(Ticket.requester_id == _PERSON, Ticket.active == active)
    return select(func.count()).select_from(rows.limit(at_most(MANY)).subquery()).scalar_subquery()


_COUNTS = select(_count(active=1), _count(active=0))

_NOTES = (
    select(PersonNote.id, PersonNote.author_id, User.name, PersonNote.html, PersonNote.created_at)
    .join(User, User.id == PersonNote.author_id)
    .where(PersonNote.person_id == _PERSON)
    .order_by(PersonNote.id.desc())
    .limit(at_most(NOTES))
)
