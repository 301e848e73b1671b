"""Changing many tickets at once: each wholly or not at all, with a report."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.accounts import people
from app.accounts.user import User
from app.core.db import db
from app.core.errors import InvalidInput, Refusal
from app.core.uow import piece_of_work, verb
from app.core.web.nonsense import LARGEST_ID
from app.tickets import assigning, statusing, triaging
from app.tickets.history import one_act
from app.tickets.ticket import Priority, Status, Ticket

MOST = 100

NOBODY = 0
"""In place of an assignee or a team: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to change on each ticket; None leaves it as it is."""

    status: Status | None = None
    priority: Priority | None = None
    assignee_id: int | None = None
    team_id: int | None = None
    tags_on: frozenset[str] = frozenset()
    tags_off: frozenset[str] = frozenset()


@dataclass(slots=True)
class Report:
    """Which tickets were changed, and why others were not, by number."""

    changed: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@verb
def change_many(numbers: Collection[int], *, to: Changes, by: User) -> Report:
    """Make the changes on each of these tickets, in one act for each.

    A ticket on which one change is refused keeps all it had, and the report says why.  Raises
    InvalidInput (field `ticket`) for none or more than a hundred, and for an assignee who is none.
    """
    wanted = sorted(set(numbers))
    if not 1 <= len(wanted) <= MOST:
        raise InvalidInput(f"Choose 1 to {MOST} tickets.", field="ticket")
    assignee = _assignee(to.assignee_id)
    report = Report()
    for number in wanted:
        try:
            with piece_of_work(), one_act():
                _change(_locked(number), to, assignee, by)
            report.changed.append(number)
        except Refusal as fault:
            report.refused[number] = fault.message
    return report


def _locked(number: int) -> Ticket:
    one = select(Ticket).where(Ticket.id == min(number, LARGEST_ID)).with_for_update()
    ticket = db.session.scalar(one.execution_options(populate_existing=True))
    if ticket is None:
        raise InvalidInput("There is no such ticket any more.")
    return ticket


def _change(ticket: Ticket, to: Changes, assignee: User | None, by: User) -> None:
    if to.tags_on or to.tags_off:
        names: Iterable[str] = (set(ticket.tag_names) | to.tags_on) - to.tags_off
        triaging.set_tags(ticket, names=names, by=by)
        db.session.expire(ticket, ["tag_line"])
    if to.team_id is not None:
        triaging.change_team(ticket, to=to.team_id or None, by=by)
    if to.assignee_id == NOBODY:
        assigning.unassign(ticket, by=by)
    elif assignee:
        assigning.assign(ticket, to=assignee, by=by)
    if to.priority:
        triaging.change_priority(ticket, to=to.priority, by=by)
    if to.status:
        statusing.change_status(ticket, to=to.status, by=by)


def _assignee(user_id: int | None) -> User | None:
    if not user_id:
        return None
    found = people.people_by_id([user_id]).get(user_id)
    if found is None:
        raise InvalidInput("Choose somebody from the list.", field="assignee")
    return found
