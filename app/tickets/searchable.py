"""Tickets, for the search: what staff may find, and what the requester may."""

from collections.abc import Iterable, Sequence
from functools import cache, partial

from flask import url_for
from sqlalchemy import Select, String, bindparam, case, cast, func, or_, select

from app.accounts.audiences import AGENTS, organisation, person
from app.accounts.events import OrganisationChanged
from app.accounts.user import Person, User
from app.core.db import db
from app.search.asked import Asked
from app.search.document import Document, Shown
from app.search.jobs import rebuild
from app.search.jobs import reindex as reindex_later
from app.search.sources import Source, saying_all, saying_some
from app.tickets.access import visible, visible_messages
from app.tickets.events import HistoryImported, TicketFact
from app.tickets.message import Message, Visibility
from app.tickets.participant import Participant
from app.tickets.ticket import Ticket

KIND = "ticket"


def reindex(fact: TicketFact) -> None:
    """Let the worker bring the ticket up to date in the index."""
    reindex_later.later(kind=KIND, ref=str(fact.ticket_id))


def reindex_person(fact: OrganisationChanged) -> None:
    """Let the worker bring up to date what somebody asked: others may find it now, or no longer."""
    theirs = select(Ticket.id).where(Ticket.requester_id == fact.person_id)
    for key in db.session.scalars(theirs):
        reindex_later.later(kind=KIND, ref=str(key))


def reindex_all(fact: HistoryImported) -> None:
    """Let the worker build the index anew: thousands of tickets came at once."""
    rebuild.later()


def documents(refs: Sequence[str]) -> Iterable[Document]:
    """Number, subject and messages.

    A ticket without notes is one document.  One with notes is two, so that the words of a note stand
    in no document that the requester may find.
    """
    ids = [int(ref) for ref in refs]
    said: dict[int, list[tuple[Visibility, str]]] = {}
    messages = select(Message.ticket_id, Message.visibility, Message.text)
    messages = messages.where(Message.ticket_id.in_(ids), Message.held_until.is_(None))
    messages = messages.order_by(Message.id)
    for key, visibility, text in db.session.execute(messages):
        said.setdefault(key, []).append((visibility, text))
    audiences = _customers(ids)
    tickets = select(Ticket.id, Ticket.subject, Ticket.updated_at)
    for key, subject, at in db.session.execute(tickets.where(Ticket.id.in_(ids))):
        texts = said.get(key, [])
        everything = [text for _, text in texts]
        public = [text for visibility, text in texts if visibility is Visibility.PUBLIC]
        document = partial(
            Document, kind=KIND, ref=str(key), title=f"{key} {subject}", updated_at=at
        )
        if len(public) == len(everything):
            yield document(body="\n\n".join(public), audiences=audiences[key] | {AGENTS})
            continue
        yield document(body="\n\n".join(everything), audiences=frozenset({AGENTS}))
        yield document(
            body="\n\n".join(public),
            audiences=audiences[key],
            not_for=frozenset({AGENTS}),
        )


def _customers(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Who of the customers' side may find each ticket; `shown` asks whether they still may."""
    asked = (
        select(Ticket.id, Ticket.requester_id, User.organisation_id)
        .join(User, User.id == Ticket.requester_id)
        .where(Ticket.id.in_(ids))
    )
    found: dict[int, set[str]] = {}
    for key, requester_id, organisation_id in db.session.execute(asked):
        found[key] = {person(requester_id)}
        if organisation_id is not None:
            found[key].add(organisation(organisation_id))
    copies = select(Participant.ticket_id, Participant.user_id)
    for key, user_id in db.session.execute(copies.where(Participant.ticket_id.in_(ids))):
        found[key].add(person(user_id))
    return {key: frozenset(audiences) for key, audiences in found.items()}


def refs() -> Sequence[str]:
    """All tickets."""
    return [str(key) for key in db.session.scalars(select(Ticket.id).order_by(Ticket.id))]


def shown(refs: Sequence[str], viewer: Person, asked: Asked) -> list[Shown]:
    """The tickets, each with a message that the viewer may read."""
    ids = {"ids": [int(ref) for ref in refs]}
    found = db.session.execute(_SHOWN.where(visible(viewer)), ids).all()
    texts = _texts([row.id for row in found], viewer, asked)
    return [
        Shown(
            ref=str(key),
            title=subject,
            url=url_for("tickets.show_ticket", number=key),
            text=texts.get(key, ""),
            status=status.value,
            facts=(f"Ticket {key}",),
            updated_at=at,
        )
        for key, subject, status, at in found
    ]


def titled(asked: Asked, viewer: Person, count: int) -> Sequence[str]:
    """Tickets with the words in their subjects, or of that number, the newest first."""
    numbered = cast(Ticket.id, String) == asked.typed.lstrip("#")
    named = or_(numbered, saying_all(Ticket.subject, len(asked.words)))
    found = select(Ticket.id).where(visible(viewer), named)
    newest = found.order_by(Ticket.updated_at.desc(), Ticket.id.desc()).limit(count)
    return [str(key) for key in db.session.scalars(newest, asked.patterns)]


def _texts(ids: Sequence[int], viewer: Person, asked: Asked) -> dict[int, str]:
    """For each ticket the first readable message that says one of the words, else the first."""
    messages = _placed(len(asked.words)).where(visible_messages(viewer)).subquery()
    first = select(messages.c.ticket_id, messages.c.text).where(messages.c.place == 1)
    rows = db.session.execute(first, asked.patterns | {"ids": ids})
    return {row.ticket_id: row.text for row in rows}


@cache
def _placed(words: int) -> Select[int, str, int]:
    says = case((saying_some(Message.text, words), 0), else_=1)
    place = func.row_number().over(partition_by=Message.ticket_id, order_by=(says, Message.id))
    return select(Message.ticket_id, Message.text, place.label("place")).where(
        Message.ticket_id.in_(bindparam("ids", expanding=True))
    )


_SHOWN = select(Ticket.id, Ticket.subject, Ticket.status, Ticket.updated_at).where(
    Ticket.id.in_(bindparam("ids", expanding=True))
)
SOURCE = Source(kind=KIND, documents=documents, refs=refs, shown=shown, titled=titled)
