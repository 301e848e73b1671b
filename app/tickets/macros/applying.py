"""Applying a macro to a ticket: everything that it does is one act, or nothing is done."""

from datetime import datetime

from app.accounts import people
from app.accounts.user import User
from app.core.errors import Conflict
from app.core.uow import verb
from app.tickets import assigning, replying, statusing, triaging
from app.tickets.events import MacroApplied
from app.tickets.fact import AuthorKind
from app.tickets.history import one_act, record
from app.tickets.macros.macro import Macro, Says
from app.tickets.macros.plan import Plan, plan
from app.tickets.ticket import Ticket


class NotAsShown(Conflict):
    """The macro would do something else by now than its page said."""


def apply(
    ticket: Ticket,
    *,
    macro: Macro,
    by: User,
    shown: str = "",
    seen: int | None = None,
    held_until: datetime | None = None,
) -> None:
    """Do what the macro says.  `shown` is the digest of the plan that the person has read.

    `seen` and `held_until` are those of `replying.reply`, whose refusals are ours too.  Raises
    NotAsShown, and Conflict where the macro cannot be done on this ticket.
    """
    planned = plan(macro, ticket, by=by)
    if shown and shown != planned.digest:
        raise NotAsShown("The ticket or the macro has changed since. Look again.")
    if planned.faults:
        raise Conflict(f"Nothing was changed. {planned.faults[0]}")
    with one_act():
        match planned.says:
            case Says.REPLY:
                replying.reply(
                    ticket, text=planned.text, by=by, then=planned.status,
                    seen=seen, held_until=held_until,
                )  # fmt: skip
            case Says.NOTE:
                replying.add_note(ticket, text=planned.text, by=by)
        _change(ticket, planned=planned, macro=macro, by=by)


@verb
def _change(ticket: Ticket, *, planned: Plan, macro: Macro, by: User) -> None:
    applied = MacroApplied(ticket_id=ticket.id, by_id=by.id, macro_id=macro.id)
    record(applied, actor=AuthorKind.AGENT)
    if planned.assignee_id is not None:
        to = people.people_by_id([planned.assignee_id])[planned.assignee_id]
        assigning.assign(ticket, to=to, by=by)
    if planned.unassign:
        assigning.unassign(ticket, by=by)
    if planned.team_id is not None or planned.leave_team:
        triaging.change_team(ticket, to=planned.team_id, by=by)
    if planned.priority:
        triaging.change_priority(ticket, to=planned.priority, by=by)
    if planned.tags is not None:
        triaging.set_tags(ticket, names=planned.tags, by=by)
    if planned.status and planned.says is not Says.REPLY:
        statusing.change_status(ticket, to=planned.status, by=by)
