"""From the rows of a history file to the facts of our ledger."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.tickets.events import (
    Assigned,
    AuthorKind,
    Cause,
    Method,
    StatusChanged,
    TeamChanged,
    TicketCreated,
    TicketFact,
    TicketImported,
)
from app.tickets.history_file import STATUSES, EventName, HistoryRow
from app.tickets.ticket import DONE, Channel, Priority, Status

GROUP = "group:"


@dataclass(frozen=True)
class Happening:
    """Something that happened, not yet a fact: people have names, the ticket has no number so far."""

    at: datetime
    by: str
    status: Status | None = None
    before: Status | None = None
    to: str = ""
    before_to: str = ""
    team: str = ""


@dataclass(frozen=True)
class Story:
    """What happened to one ticket, and where it stands at the end."""

    began_at: datetime
    ended_at: datetime
    happenings: Sequence[Happening]
    status: Status
    assignee: str
    resolved_at: datetime | None

    @property
    def facts(self) -> Sequence[Happening]:
        """One for each fact, the note that it was imported included."""
        return [self.happenings[0], *self.happenings]

    def made(
        self, number: int, *, people: Mapping[str, int], digest: str
    ) -> Iterator[tuple[datetime, AuthorKind, TicketFact]]:
        """The facts with their times and actors, in order; the person without a name is the customer."""
        first, *rest = self.happenings
        created = TicketCreated(
            ticket_id=number,
            by_id=_id(first.by, people),
            channel=Channel.IMPORT,
            status=first.status or Status.NEW,
            priority=Priority.NORMAL,
            requester_id=people[""],
            assignee_id=None,
            tags=[],
            agent_initiated=False,
            requester_is_agent=False,
            follow_up_of=None,
            times_trusted=True,
        )
        imported = TicketImported(
            ticket_id=number, by_id=None, source="csv", times_trusted=True, digest=digest
        )
        yield first.at, AuthorKind.IMPORT, created
        yield first.at, AuthorKind.IMPORT, imported
        for each in rest:
            yield each.at, AuthorKind.AGENT, _fact(number, each, people)


def names(rows: Sequence[HistoryRow]) -> set[str]:
    """Everybody who acts or is given the ticket."""
    given = {_person(row.value) for row in rows if row.event is EventName.ASSIGNED}
    return ({row.actor for row in rows} | given) - {""}


def story(rows: Sequence[HistoryRow]) -> Story:
    """The rows of one ticket, in order, as what happened.  A status set again is no change."""
    status = STATUSES[rows[0].value]
    resolved_at = rows[0].at if status in DONE else None
    assignee = ""
    happened = [Happening(rows[0].at, rows[0].actor, status=status)]
    for row in rows[1:]:
        if row.event is EventName.STATUS_CHANGED and STATUSES[row.value] is not status:
            before, status = status, STATUSES[row.value]
            happened.append(Happening(row.at, row.actor, status=status, before=before))
            if status not in DONE:
                resolved_at = None
            elif before not in DONE:
                resolved_at = row.at
        elif row.event is EventName.ASSIGNED and row.value.startswith(GROUP):
            team = row.value.removeprefix(GROUP)
            happened.append(Happening(row.at, row.actor, team=team))
        elif row.event is EventName.ASSIGNED:
            before_to, assignee = assignee, _person(row.value)
            happened.append(Happening(row.at, row.actor, to=assignee, before_to=before_to))
    return Story(rows[0].at, rows[-1].at, happened, status, assignee, resolved_at)


def _fact(number: int, each: Happening, people: Mapping[str, int]) -> TicketFact:
    by_id = _id(each.by, people)
    if each.status and each.before:
        return StatusChanged(
            ticket_id=number,
            by_id=by_id,
            from_category=each.before,
            to_category=each.status,
            cause=Cause.AGENT,
        )
    if each.to:
        return Assigned(
            ticket_id=number,
            by_id=by_id,
            from_id=_id(each.before_to, people),
            to_id=people[each.to],
            method=Method.IMPORT,
        )
    return TeamChanged(ticket_id=number, by_id=by_id, to_team=each.team)


def _id(name: str, people: Mapping[str, int]) -> int | None:
    return people[name] if name else None


def _person(value: str) -> str:
    return "" if value.startswith(GROUP) else value.removeprefix("agent:")
