"""Saving searches as views, and finding them again."""

from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, or_, select

from app.accounts import teams
from app.accounts.user import User
from app.core import clock
from app.core.db import at_most, db, plain_rows
from app.core.errors import InvalidInput, NotAllowed, NotFound
from app.core.settings import settings
from app.core.uow import verb
from app.tickets.inbox.language import NotUnderstood, parse
from app.tickets.inbox.saved_view import LONGEST_NAME, SavedView

MOST = 30


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A saved view as the side column lists it."""

    id: int
    name: str
    search: str
    owner_id: int
    team_id: int | None


def views_of(user: User) -> list[ViewRow]:
    """The person's own views and those of their teams, in the order of the alphabet."""
    values = {"me": user.id, "teams": teams.teams_of(user.id)}
    return [ViewRow(*row) for row in plain_rows(_VIEWS, values)]


def view_or_404(view_id: int, user: User) -> SavedView:
    """A view that this person may use.  Raises NotFound."""
    values = {"me": user.id, "teams": teams.teams_of(user.id)}
    found = select(SavedView).where(SavedView.id == view_id, _VISIBLE)
    view = db.session.scalar(found, values)
    if view is None:
        raise NotFound("There is no such view here, or it is somebody else’s.")
    return view


@verb
def save_view(*, name: str, search: str, team_id: int | None, by: User) -> SavedView:
    """Keep a search under a name.  Raises InvalidInput (field `name`, `search` or `team`)."""
    view = SavedView(owner_id=by.id)
    _change(view, name=name, search=search, team_id=team_id, by=by)
    db.session.add(view)
    db.session.flush()  # its page is named by its id
    return view


@verb
def change_view(view: SavedView, *, name: str, search: str, team_id: int | None, by: User) -> None:
    """Give it another name, search or team.  Raises InvalidInput; NotAllowed for another’s view."""
    _insist_on_owner(view, by)
    _change(view, name=name, search=search, team_id=team_id, by=by)


@verb
def delete_view(view: SavedView, *, by: User) -> None:
    """Forget it; the tickets stay as they are.  Raises NotAllowed for another’s view."""
    _insist_on_owner(view, by)
    db.session.delete(view)


def _change(view: SavedView, *, name: str, search: str, team_id: int | None, by: User) -> None:
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    try:
        parse(search, now=clock.now(), zone=settings().zone)
    except NotUnderstood as fault:
        raise InvalidInput(fault.message, field="search") from fault
    if team_id is not None and team_id not in teams.teams_of(by.id):
        raise InvalidInput("Choose one of your own teams.", field="team")
    view.name, view.search, view.team_id = name, search.strip(), team_id


def _insist_on_owner(view: SavedView, by: User) -> None:
    if view.owner_id != by.id:
        raise NotAllowed("This view belongs to a colleague. Save a copy under a name of your own.")


# Made once: making a statement costs more than running it.
_VISIBLE = or_(
    SavedView.owner_id == bindparam("me", type_=Integer),
    SavedView.team_id.in_(bindparam("teams", expanding=True, type_=Integer)),
)
_VIEWS = (
    select(SavedView.id, SavedView.name, SavedView.search, SavedView.owner_id, SavedView.team_id)
    .where(_VISIBLE)
    .order_by(SavedView.name, SavedView.id)
    .limit(at_most(MOST))
)
