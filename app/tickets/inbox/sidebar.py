"""The side column of the inbox: views with how much lies in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.accounts.user import User
from app.core import clock
from app.core.web.remembering import remembered
from app.tickets.history import STAMP
from app.tickets.inbox import listing, saving_views
from app.tickets.inbox.language import NotUnderstood
from app.tickets.inbox.listing import Plan
from app.tickets.inbox.saving_views import ViewRow
from app.tickets.queries import View, inbox_counts

SEARCHES: dict[View, str] = {
    View.UNASSIGNED: "is:unassigned -is:snoozed",
    View.MINE: "is:active assignee:me -is:snoozed",
    View.OPEN: "is:open -is:snoozed",
    View.WAITING: "is:waiting",
    View.SNOOZED: "is:snoozed",
    View.RESOLVED: "is:solved",
}
"""What the views of every desk look for, in the language of the box."""


@dataclass(frozen=True, slots=True)
class Sidebar:
    """Views of the desk and of the person; a view that cannot be counted cheaply has no count."""

    counts: Mapping[str, int]
    saved: Sequence[tuple[ViewRow, int | None]]


def sidebar(user: User) -> Sidebar:
    """The side column as it is now; counts of saved views may be a second old."""
    views = saving_views.views_of(user)
    key = ("saved views", user.id, _minute(), tuple((each.id, each.search) for each in views))
    counts = remembered(STAMP, key, lambda: _counts(views, user)) if views else {}
    return Sidebar(inbox_counts(user), [(each, counts.get(each.id)) for each in views])


def sidebar_aside(user: User) -> Sidebar:
    """The same beside something else, at most a minute old."""
    return remembered(STAMP, ("sidebar", user.id, _minute()), lambda: sidebar(user))


def _counts(views: Sequence[ViewRow], user: User) -> dict[int, int]:
    plans = {view.id: plan for view in views if (plan := _plan(view, user))}
    return dict(zip(plans, listing.counts_of(list(plans.values())), strict=True))


def _plan(view: ViewRow, user: User) -> Plan | None:
    """What to count: nothing for words, which would ask the search index, and names that are gone."""
    try:
        plan = listing.plan_of(view.search, me=user.id)
    except NotUnderstood:
        return None
    return plan if plan.found is None else None


def _minute() -> int:
    return int(clock.now().timestamp()) // 60
