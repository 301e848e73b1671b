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
    """Something that happened, not yet a fact: the ticket has no number so far."""

    at: datetime
    by_id: int | None
    status: Status | None = None
    before: Status | None = None
    to_id: int | None = None
    from_id: int | None = None
    team: str = ""


@dataclass(frozen=True)
class Story:
    """What happened to one ticket, and where it stands at the end."""

    happenings: Sequence[Happening]
    status: Status
    assignee_id: int | None
    resolved_at: datetime | None

    @property
    def facts(self) -> Sequence[Happening]:
        """One for each fact, the note that it was imported included."""
        return [self.happenings[0], *self.happenings]

    def made(
        self, number: int, *, requester_id: int, digest: str
    ) -> Iterator[tuple[datetime, AuthorKind, TicketFact]]:
        """The facts with their times and actors, in order."""
        first, *rest = self.happenings
        created = TicketCreated(
            ticket_id=number,
            by_id=first.by_id,
            channel=Channel.IMPORT,
            status=first.status or Status.NEW,
            priority=Priority.NORMAL,
            requester_id=requester_id,
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
            yield each.at, AuthorKind.AGENT, _fact(number, each)


def names(rows: Sequence[HistoryRow]) -> set[str]:
    """Everybody who acts or is given the ticket."""
    given = {_person(row.value) for row in rows if row.event is EventName.ASSIGNED}
    return ({row.actor for row in rows} | given) - {""}


def story(rows: Sequence[HistoryRow], people: Mapping[str, int]) -> Story:
    """The rows of one ticket, in order, as what happened.  A status set again is no change."""
    status = STATUSES[rows[0].value]
    resolved_at = rows[0].at if status in DONE else None
    assignee: int | None = None
    happened = [Happening(rows[0].at, _by(rows[0], people), status=status)]
    for row in rows[1:]:
        by = _by(row, people)
        if row.event is EventName.STATUS_CHANGED and STATUSES[row.value] is not status:
            before, status = status, STATUSES[row.value]
            happened.append(Happening(row.at, by, status=status, before=before))
            if status not in DONE:
                resolved_at = None
            elif before not in DONE:
                resolved_at = row.at
        elif row.event is EventName.ASSIGNED and row.value.startswith(GROUP):
            team = row.value.removeprefix(GROUP)
            happened.append(Happening(row.at, by, team=team))
        elif row.event is EventName.ASSIGNED:
            before_id, assignee = assignee, people[_person(row.value)]
            happened.append(Happening(row.at, by, to_id=assignee, from_id=before_id))
    return Story(happened, status, assignee, resolved_at)


def _fact(number: int, each: Happening) -> TicketFact:
    if each.status and each.before:
        return StatusChanged(
            ticket_id=number,
            by_id=each.by_id,
            from_category=each.before,
            to_category=each.status,
            cause=Cause.AGENT,
        )
    if each.to_id is not None:
        return Assigned(
            ticket_id=number,
            by_id=each.by_id,
            from_id=each.from_id,
            to_id=each.to_id,
            method=Method.IMPORT,
        )
    return TeamChanged(ticket_id=number, by_id=each.by_id, to_team=each.team)


def _by(row: HistoryRow, people: Mapping[str, int]) -> int | None:
    return people[row.actor] if row.actor else None


def _person(value: str) -> str:
    return "" if value.startswith(GROUP) else value.removeprefix("agent:")
