"""Changing the properties of a ticket from one form, without undoing what others changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.accounts import people
from app.accounts.user import User
from app.core.db import db
from app.core.errors import Conflict, InvalidInput
from app.core.uow import verb
from app.tickets import assigning, statusing, triaging
from app.tickets.history import one_act
from app.tickets.ticket import Priority, Status, Ticket


class Property(StrEnum):
    """What the form changes, in the order in which it is done."""

    TAGS = "tags"
    ASSIGNEE = "assignee"
    TEAM = "team"
    PRIORITY = "priority"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody saw and what they want, as the form writes it; nothing stands for none."""

    was: str
    to: str


class EditConflict(Conflict):
    """Others changed the same properties meanwhile; `present` says to what."""

    def __init__(self, present: Mapping[Property, str]) -> None:
        super().__init__("Somebody else changed the same while you did.")
        self.present = present


@verb
def amend(ticket: Ticket, changes: Mapping[Property, Change], *, by: User) -> None:
    """Make all of these changes in one act, or none.

    Tags that different people put on and take off do not get in each other's way.  Raises
    EditConflict for properties that others changed meanwhile, each with its present value;
    InvalidInput and InvalidTransition as the single verbs do.
    """
    conflicts: dict[Property, str] = {
        each: present
        for each, change in changes.items()
        if each is not Property.TAGS
        and (present := _present(ticket, each)) not in (change.was, change.to)
    }
    if conflicts:
        raise EditConflict(conflicts)
    with one_act():
        for each in Property:
            if each in changes:
                _apply(ticket, each, changes[each], by)


def _present(ticket: Ticket, which: Property) -> str:
    match which:
        case Property.ASSIGNEE:
            return str(ticket.assignee_id or "")
        case Property.TEAM:
            return str(ticket.team_id or "")
        case Property.PRIORITY:
            return ticket.priority.value
        case Property.STATUS:
            return ticket.status.value
    return ", ".join(ticket.tag_names)


def _apply(ticket: Ticket, which: Property, change: Change, by: User) -> None:
    match which:
        case Property.TAGS:
            was, to = triaging.tags_in(change.was), triaging.tags_in(change.to)
            db.session.expire(ticket, ["tag_line"])
            triaging.set_tags(
                ticket, names=(set(ticket.tag_names) | (to - was)) - (was - to), by=by
            )
        case Property.ASSIGNEE if change.to:
            assigning.assign(ticket, to=_colleague(int(change.to)), by=by)
        case Property.ASSIGNEE:
            assigning.unassign(ticket, by=by)
        case Property.TEAM:
            triaging.change_team(ticket, to=int(change.to) if change.to else None, by=by)
        case Property.PRIORITY:
            triaging.change_priority(ticket, to=Priority(change.to), by=by)
        case Property.STATUS:
            statusing.change_status(ticket, to=Status(change.to), by=by)


def _colleague(user_id: int) -> User:
    found = people.people_by_id([user_id]).get(user_id)
    if found is None:
        raise InvalidInput("Choose somebody from the list.", field="assignee")
    return found
