"""Teams: made and filled by admins, put in charge of tickets by agents."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import teams
from app.accounts.team import Team
from app.core.db import db
from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from app.ops.queries.people import entries_about
from app.tickets import triaging
from app.tickets.history import timeline
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]


def make_team(cast: Cast, name: str, *people: Any) -> Team:
    with unit_of_work():
        team = teams.make_team(name=name, by=cast.admin)
        teams.set_members(team, ids=[each.id for each in people], by=cast.admin)
        return team


def test_an_admin_makes_a_team_and_fills_it(cast: Cast, as_user: AsUser) -> None:
    admin = as_user(cast.admin)
    made = admin.post("/admin/teams", data={"name": " Sync  &  storage "})
    assert made.status_code == 303
    saved = admin.post(made.location, data={"name": "Sync", "members": [cast.agent.id]})
    assert saved.status_code == 303
    assert "Ben Agent" in admin.get("/admin/teams").text
    assert teams.teams_of(cast.agent.id) == frozenset(teams.team_names())
    assert [entry.action for entry in entries_about(cast.agent.id)][:1] == ["team.joined"]


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "SYNC"])
def test_a_name_that_cannot_be_is_refused_at_the_field(
    cast: Cast, as_user: AsUser, name: str
) -> None:
    make_team(cast, "Sync")
    refused = as_user(cast.admin).post("/admin/teams", data={"name": name})
    assert refused.status_code == 422
    assert 'href="#name"' in refused.text


def test_customers_cannot_be_in_a_team(cast: Cast) -> None:
    team = make_team(cast, "Sync")
    with pytest.raises(InvalidInput), unit_of_work():
        teams.set_members(team, ids=[cast.customer.id], by=cast.admin)


def test_an_agent_puts_a_team_in_charge(cast: Cast, as_user: AsUser) -> None:
    team, ticket = make_team(cast, "Sync", cast.agent), make.ticket(cast.customer)
    browser = as_user(cast.agent)
    page = browser.get(f"/tickets/{ticket.id}").text
    assert f'<option value="{team.id}">Sync</option>' in page
    properties = {
        "status": "new", "was_status": "new", "assignee": "", "was_assignee": "",
        "priority": "normal", "was_priority": "normal", "tags": "", "was_tags": "",
        "team": str(team.id), "was_team": "",
    }  # fmt: skip
    assert browser.post(f"/tickets/{ticket.id}/properties", data=properties).status_code == 303
    assert "gave it to the team <b>Sync</b>" in browser.get(f"/tickets/{ticket.id}").text
    with unit_of_work():
        triaging.change_team(make.ticket_numbered(ticket.id), to=None, by=cast.agent)
    changes = [event.payload for event in timeline(ticket.id) if event.kind == "team.changed"]
    assert [each["to_team_id"] for each in changes] == [team.id, None]


def test_a_team_that_is_not_there_is_refused(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with pytest.raises(InvalidInput), unit_of_work():
        triaging.change_team(ticket, to=4711, by=cast.agent)
    assert db.session.scalars(select(Team)).all() == []
