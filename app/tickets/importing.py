"""Importing ticket histories: checked whole, then written in one short transaction.

An import appends facts with their own times and announces nothing but that it happened: imported
tickets notify nobody, ask nobody how it went, and never close by themselves.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.accounts.user import User
from app.core import clock, events
from app.core.db import db
from app.core.errors import Conflict, InvalidInput
from app.core.uow import verb
from app.tickets import imported_facts
from app.tickets.events import HistoryImported
from app.tickets.history import TicketEvent, rows_to_append
from app.tickets.history_file import EventName, Fault, HistoryFile, HistoryRow
from app.tickets.imported_facts import Story
from app.tickets.ticket import Channel, Priority, Ticket

AT_ONCE = 2000
MOST_FAULTS = 50
NOBODY = "imported-customer@imported.invalid"
MEANWHILE = (
    "Another import wrote some of these tickets at the same moment, so nothing was imported. "
    "Import the file again: what is here already stays as it is."
)


class FaultyHistory(InvalidInput):
    """A file with rows that cannot be taken; nothing of it was imported."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        shown = [str(fault) for fault in faults[:MOST_FAULTS]]
        if len(faults) > MOST_FAULTS:
            shown.append(f"and {len(faults) - MOST_FAULTS} more")
        super().__init__("\n".join([*shown, "Nothing was imported."]))
        self.faults = faults


@dataclass(frozen=True)
class Imported:
    """What an import did: new tickets, the facts written for them, tickets that were here already."""

    tickets: int
    facts: int
    unchanged: int


def import_history(path: Path, *, on_row: Callable[[], None] = lambda: None) -> Imported:
    """Import the file; `on_row` is called for every row read.

    Raises FaultyHistory with every fault, Conflict when another import was faster with one of the
    tickets.  Importing the same file again changes nothing.
    """
    file = HistoryFile(path)
    tickets: dict[str, list[HistoryRow]] = defaultdict(list)
    for row in file.rows():
        tickets[row.ticket_ref].append(row)
        on_row()
    for rows in tickets.values():
        rows.sort(key=lambda row: (row.at, row.seq))
        _check_together(file, rows)
    digests = {ref: digest(rows) for ref, rows in tickets.items()}
    known = _digests_of(tickets)
    for ref, rows in tickets.items():
        if ref in known and known[ref] != digests[ref]:
            file.refuse(
                rows[0], "ticket_id", f"ticket {ref} was imported before with another history"
            )
    if file.faults:
        raise FaultyHistory(sorted(file.faults, key=lambda fault: (fault.line, fault.column)))
    fresh = {ref: rows for ref, rows in tickets.items() if ref not in known}
    facts = _import(fresh, digests) if fresh else 0
    return Imported(tickets=len(fresh), facts=facts, unchanged=len(tickets) - len(fresh))


def digest(rows: Iterable[HistoryRow]) -> str:
    """What a ticket's rows say, as a short text: equal exactly when the rows are."""
    said = hashlib.sha256()
    for row in rows:
        said.update(repr((row.at.isoformat(), row.seq, row.event, row.value, row.actor)).encode())
    return said.hexdigest()[:32]


def _check_together(file: HistoryFile, rows: list[HistoryRow]) -> None:
    """A ticket is created once, before anything else happens to it; a place is taken once."""
    now = clock.now()
    if rows[0].event is not EventName.CREATED:
        file.refuse(rows[0], "event", "the first event of a ticket must be created")
    seen: set[tuple[datetime, int]] = set()
    for position, row in enumerate(rows):
        if position and row.event is EventName.CREATED:
            file.refuse(row, "event", "a ticket can be created only once")
        if (row.at, row.seq) in seen:
            file.refuse(row, "seq", f"seq {row.seq} stands twice at this time of this ticket")
        if row.at > now:
            file.refuse(row, "timestamp", "this time is in the future")
        seen.add((row.at, row.seq))


def _digests_of(refs: Iterable[str]) -> dict[str, str]:
    """The digest with which each of these tickets was imported, for those that were."""
    found: dict[str, str] = {}
    wanted = [f"import {ref}" for ref in refs]
    for start in range(0, len(wanted), AT_ONCE):
        keys = wanted[start : start + AT_ONCE]
        stored = select(TicketEvent.idempotency_key, TicketEvent.payload).where(
            TicketEvent.idempotency_key.in_(keys)
        )
        for key, payload in db.session.execute(stored):
            found[str(key).removeprefix("import ")] = payload["digest"]
    return found


def _import(tickets: Mapping[str, Sequence[HistoryRow]], digests: Mapping[str, str]) -> int:
    """Prepare everything while others may write, then write it; gives the number of facts."""
    names = {name for rows in tickets.values() for name in imported_facts.names(rows)}
    addresses = {name: _address(name) for name in names} | {"": NOBODY}
    stories = {ref: imported_facts.story(rows) for ref, rows in tickets.items()}
    known = _people_at(addresses.values())
    try:
        return _write(stories, digests=digests, addresses=addresses, known=known)
    except IntegrityError as fault:
        raise Conflict(MEANWHILE) from fault


@verb
def _write(
    stories: Mapping[str, Story],
    *,
    digests: Mapping[str, str],
    addresses: Mapping[str, str],
    known: Mapping[str, int],
) -> int:
    """Write people, tickets and facts in bulk; gives the number of facts."""
    ids = _with_newcomers(addresses, known)
    people = {name: ids[address] for name, address in addresses.items()}
    _insert(Ticket, [_ticket(ref, story, people) for ref, story in stories.items()])
    numbers = _numbers_of(stories)
    now, act = clock.now(), uuid4().hex
    appended: list[dict[str, Any]] = []
    for ref, story in stories.items():
        key = f"import {ref}"
        made = story.made(numbers[ref], people=people, digest=digests[ref])
        appended += rows_to_append(made, recorded_at=now, act=act, idempotency_key=key)
    _insert(TicketEvent, appended)
    events.publish(HistoryImported(tickets=len(stories)))
    return len(appended)


def _ticket(ref: str, story: Story, people: Mapping[str, int]) -> dict[str, Any]:
    return {
        "subject": f"Imported ticket {ref}",
        "status": story.status,
        "priority": Priority.NORMAL,
        "channel": Channel.IMPORT,
        "requester_id": people[""],
        "assignee_id": people[story.assignee] if story.assignee else None,
        "external_ref": ref,
        "version": 1,
        "last_seq": len(story.facts),
        "created_at": story.began_at,
        "updated_at": story.ended_at,
        "resolved_at": story.resolved_at,
    }


def _insert(model: Any, values: list[dict[str, Any]]) -> None:
    for start in range(0, len(values), AT_ONCE):
        db.session.execute(insert(model), values[start : start + AT_ONCE])


def _numbers_of(refs: Iterable[str]) -> dict[str, int]:
    wanted = list(refs)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = select(Ticket.external_ref, Ticket.id).where(Ticket.external_ref.in_(part))
        found |= {str(ref): number for ref, number in db.session.execute(rows)}
    return found


def _people_at(addresses: Iterable[str]) -> dict[str, int]:
    """The ids of those whom we know, by their addresses."""
    wanted = list(addresses)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        rows = select(User.email, User.id).where(User.email.in_(part))
        found |= {row.email: row.id for row in db.session.execute(rows)}
    return found


def _with_newcomers(addresses: Mapping[str, str], known: Mapping[str, int]) -> Mapping[str, int]:
    """Everybody's id; whoever is new becomes a person without an account."""
    new = {address: name for name, address in addresses.items() if address not in known}
    values = [
        {
            "email": address,
            "name": name[:200] or "Imported customer",
            "deactivated_at": clock.now(),
        }
        for address, name in sorted(new.items())
    ]
    _insert(User, values)
    return {**known, **_people_at(new)}


def _address(name: str) -> str:
    """An address that can never be written to (RFC 2606), one for each name."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    return f"{readable}-{hashlib.sha256(name.encode()).hexdigest()[:8]}@imported.invalid"
