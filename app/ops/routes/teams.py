"""Teams: which there are, and who is in them."""

from typing import Any

from flask import Response
from flask_login import current_user

from app.accounts import teams
from app.accounts.people import names_with
from app.accounts.permissions import Permission
from app.accounts.team import Team
from app.core.errors import InvalidInput
from app.core.web.responses import invalid, moved_to, page, say
from app.ops.forms import TeamForm


def list_teams() -> Response:
    """All of them, and a field for another."""
    return page("ops/teams.html", form=TeamForm(formdata=None), **_list())


def create_team() -> Response:
    """A new one, nobody in it yet."""
    form = TeamForm()
    if form.validate():
        try:
            team = teams.make_team(name=form.name.data, by=current_user)
            return moved_to("ops.show_team", id=team.id)
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("ops/teams.html", form=form, **_list())


def show_team(id: int) -> Response:
    """Its name and its people."""
    team = teams.team_or_404(id)
    form = TeamForm(formdata=None, name=team.name)
    return page("ops/team.html", **_shown(team, form, teams.members().get(id, frozenset())))


def change_team(id: int) -> Response:
    """Give it this name and exactly the ticked people."""
    team, form = teams.team_or_404(id), TeamForm()
    if form.validate():
        try:
            teams.rename_team(team, name=form.name.data, by=current_user)
            teams.set_members(team, ids=form.members.data, by=current_user)
            say("Saved.")
            return moved_to("ops.list_teams")
        except InvalidInput as fault:
            form.refuse(fault)
    return invalid("ops/team.html", **_shown(team, form, frozenset(form.members.data or ())))


def _list() -> dict[str, Any]:
    staff, members = names_with(Permission.TICKETS_READ), teams.members()
    return {
        "teams": [
            (key, name, [staff[each] for each in staff if each in members.get(key, ())])
            for key, name in teams.team_names().items()
        ]
    }


def _shown(team: Team, form: TeamForm, members: frozenset[int]) -> dict[str, Any]:
    staff = names_with(Permission.TICKETS_READ)
    return {"team": team, "form": form, "staff": staff, "members": members}
