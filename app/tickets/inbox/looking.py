"""What somebody looks at in the inbox, as its address says, and their way through it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import request, url_for

from app.accounts.user import User
from app.core.errors import NotFound
from app.tickets.inbox import listing, saving_views
from app.tickets.inbox.language import LONGEST, NotUnderstood
from app.tickets.inbox.saved_view import SavedView
from app.tickets.inbox.sidebar import SEARCHES
from app.tickets.queries import View
from app.tickets.ticket import Ticket

TITLES = {
    View.MINE: "Assigned to me",
    View.UNASSIGNED: "Unassigned",
    View.OPEN: "Open",
    View.WAITING: "Waiting",
    View.SNOOZED: "Snoozed",
    View.RESOLVED: "Solved",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at: a view of the desk, a saved one, or what was typed."""

    title: str
    search: str
    view: View | None = None
    saved: SavedView | None = None

    @property
    def address(self) -> dict[str, Any]:
        """The arguments that lead here."""
        if self.saved:
            return {"saved": self.saved.id}
        return {"view": self.view.value} if self.view else {"q": self.search}

    @property
    def place(self) -> str:
        """The same as the query of an address."""
        return urlencode(self.address)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The way on from a ticket: addresses of the tickets before and after it, and of the list."""

    back: str
    previous: str = ""
    next: str = ""


def looked_at(arguments: Mapping[str, str], user: User) -> Looked:
    """What the arguments of an address mean.  Raises NotFound for a view that is not theirs."""
    if "q" in arguments:
        return Looked("Search", arguments["q"].strip()[: LONGEST + 1])
    number = arguments.get("saved", "")
    if number:
        if not (number.isascii() and number.isdigit()):
            raise NotFound("There is no such view here.")
        saved = saving_views.view_or_404(int(number[:9]), user)
        return Looked(saved.name, saved.search, saved=saved)
    try:
        view = View(arguments.get("view", View.OPEN))
    except ValueError:
        view = View.OPEN
    return Looked(TITLES[view], SEARCHES[view], view=view)


def neighbours(ticket: Ticket, user: User) -> Neighbours:
    """The way through the list from which the ticket was opened, which its address says in `in`."""
    place = request.args.get("in", "")[:1000]
    if not place:
        return Neighbours(url_for("tickets.show_inbox"))
    try:
        looked = looked_at({key: values[0] for key, values in parse_qs(place).items()}, user)
        before, after = listing.around(listing.plan_of(looked.search, me=user.id), ticket)
    except (NotUnderstood, NotFound, ValueError):  # the view has gone, or the address was made up
        return Neighbours(url_for("tickets.show_inbox"))
    back = f"{url_for('tickets.show_inbox')}?{looked.place}"
    return Neighbours(back, _address(before, looked), _address(after, looked))


def _address(number: int | None, looked: Looked) -> str:
    if number is None:
        return ""
    return f"{url_for('tickets.show_ticket', number=number)}?{urlencode({'in': looked.place})}"
