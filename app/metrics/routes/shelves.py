"""What the pages of things on shelves have in common."""

from datetime import date
from typing import Any

from flask import request
from flask_login import current_user

from app.accounts import teams
from app.accounts.permissions import Permission
from app.core.errors import InvalidInput
from app.metrics.saved.forms import AsOfForm
from app.tickets.canned.forms import ShelvedForm
from app.tickets.shelf import Shelf, Shelved, may_change


def around(thing: Shelved | None = None) -> dict[str, Any]:
    """Who may do what to it, and the teams of this person."""
    names, mine = teams.team_names(), teams.teams_of(current_user.id)
    return {
        "may_change": thing is None or may_change(current_user, thing),
        "may_share": current_user.may(Permission.TICKETS_SHARE),
        "team_names": names,
        "own_teams": {key: name for key, name in names.items() if key in mine},
    }


def as_of_asked() -> date | None:
    """The day that a reader went back to.  Raises InvalidInput."""
    form = AsOfForm(request.args)
    if not form.validate():
        raise InvalidInput(form.as_of.errors[0])
    day: date | None = form.as_of.data
    return day


def shelf_of(form: ShelvedForm) -> dict[str, Any]:
    """Where a valid form lays it."""
    return {"shelf": Shelf(form.shelf.data), "team_id": form.team.data}
