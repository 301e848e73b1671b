"""What a macro would do to a ticket, before it does it: shown first, and held against what is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.accounts.user import User
from app.tickets.canned.filling import values_of
from app.tickets.canned.placeholders import filled, missing_in
from app.tickets.macros.macro import Changes, Macro, Says, Who
from app.tickets.ticket import WORDS, Priority, Status, Ticket, no_way

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """One change, in words: what, from what, to what."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """The changes that are changes here, the text as it will be sent, and why it cannot be done."""

    status: Status | None = None
    priority: Priority | None = None
    assignee_id: int | None = None
    unassign: bool = False
    team_id: int | None = None
    leave_team: bool = False
    tags: tuple[str, ...] | None = None
    says: Says = Says.NOTHING
    text: str = ""
    steps: list[Step] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Changes with anything that the page shows of the plan."""
        return sha256(repr((self.steps, self.says, self.text)).encode()).hexdigest()[:20]


def plan(macro: Macro, ticket: Ticket, *, by: User) -> Plan:
    """What the macro would do to this ticket, loaded with its people and tags, now."""
    changes, values = macro.changes, values_of(ticket, by=by)
    agents, team_names = people.names_with(Permission.TICKETS_REPLY), teams.team_names()
    assignee_id = by.id if changes.assignee is Who.ME else changes.assignee
    to = assignee_id if isinstance(assignee_id, int) else None
    tags = tuple(sorted({*ticket.tag_names, *changes.add_tags} - {*changes.remove_tags}))
    return Plan(
        status=_if_new(changes.status, ticket.status),
        priority=_if_new(changes.priority, ticket.priority),
        assignee_id=_if_new(to, ticket.assignee_id),
        unassign=changes.assignee is Who.NOBODY and ticket.assignee_id is not None,
        team_id=_if_new(changes.team or None, ticket.team_id),
        leave_team=changes.team == 0 and ticket.team_id is not None,
        tags=None if tags == tuple(ticket.tag_names) else tags,
        says=macro.says,
        text=filled(macro.text, values) if macro.says is not Says.NOTHING else "",
        steps=list(_steps(changes, ticket, to, agents, team_names)),
        faults=list(_faults(macro, ticket, to, agents, team_names, values)),
    )


def _if_new(wanted: T | None, present: T | None) -> T | None:
    return None if wanted == present else wanted


def _steps(
    changes: Changes,
    ticket: Ticket,
    to: int | None,
    agents: Mapping[int, str],
    team_names: Mapping[int, str],
) -> Iterator[Step]:
    if changes.status and changes.status is not ticket.status:
        yield Step("Status", WORDS[ticket.status], WORDS[changes.status])
    if changes.priority and changes.priority is not ticket.priority:
        yield Step("Priority", ticket.priority.capitalize(), changes.priority.capitalize())
    if changes.assignee is not None and to != ticket.assignee_id:
        before = ticket.assignee.name if ticket.assignee else "No one"
        yield Step("Assignee", before, agents.get(to, "") if to else "No one")
    if changes.team is not None and (changes.team or None) != ticket.team_id:
        before = team_names.get(ticket.team_id or 0, "None")
        yield Step("Team", before, team_names.get(changes.team, "None"))
    for tag in changes.add_tags:
        if tag not in ticket.tag_names:
            yield Step("Tag", "", tag)
    for tag in changes.remove_tags:
        if tag in ticket.tag_names:
            yield Step("Tag", tag, "")


def _faults(
    macro: Macro,
    ticket: Ticket,
    to: int | None,
    agents: Mapping[int, str],
    team_names: Mapping[int, str],
    values: Mapping[str, str],
) -> Iterator[str]:
    status = macro.changes.status
    if status and status is not ticket.status and not ticket.can_enter(status):
        yield no_way(ticket.status, status).message
    if macro.says is Says.REPLY and ticket.status is Status.CLOSED:
        yield "This ticket is closed and takes no more replies."
    if to is not None and to not in agents:
        yield "The person whom it would be assigned to does not answer tickets here any more."
    if macro.changes.team and macro.changes.team not in team_names:
        yield "The team that it would be given to is no more."
    if macro.says is Says.REPLY and (missing := missing_in(macro.text, values)):
        yield f"The reply cannot be sent: this ticket has nothing for {', '.join(missing)}."
