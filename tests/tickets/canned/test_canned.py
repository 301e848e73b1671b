"""Canned replies: who keeps, finds and changes them, and how one comes into a message."""

from collections.abc import Callable

import pytest

from app.accounts import teams
from app.accounts.user import User
from app.core.errors import InvalidInput, NotAllowed
from app.core.uow import unit_of_work
from app.tickets.canned import keeping
from app.tickets.canned.canned_reply import CannedReply
from app.tickets.canned.queries import canned_replies
from app.tickets.shelf import Shelf
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

Browser = Callable[[User], FreshClient]


def keep(
    by: User, *, shelf: Shelf = Shelf.OWN, team: int | None = None, **said: str
) -> CannedReply:
    given = {"title": "Restart", "text": "Dear {{requester.first_name}}, restart it."} | said
    with unit_of_work():
        return keeping.keep(**given, shelf=shelf, team_id=team, by=by)


def team_of(*people: User) -> int:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[each.id for each in people], by=None)
        return team.id


def titles(user: User) -> list[str]:
    return [each.title for each in canned_replies(user)]


def test_own_ones_are_found_by_their_owner_alone(cast: Cast) -> None:
    keep(cast.agent)
    assert titles(cast.agent) == ["Restart"]
    assert titles(cast.lead) == []


def test_those_of_a_team_are_found_and_changed_by_its_people(cast: Cast, as_user: Browser) -> None:
    reply = keep(cast.agent, shelf=Shelf.TEAM, team=team_of(cast.agent))
    assert titles(cast.agent) == ["Restart"]
    assert titles(cast.lead) == []
    assert as_user(cast.lead).get(f"/canned/{reply.id}").status_code == 404


def test_nobody_puts_one_into_a_team_of_others(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(cast.agent, shelf=Shelf.TEAM, team=team_of(cast.lead))
    assert refused.value.field == "team"


def test_leads_share_with_everybody_and_agents_use_it(cast: Cast, as_user: Browser) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(cast.agent, shelf=Shelf.ALL)
    assert refused.value.field == "shelf"
    reply = keep(cast.lead, shelf=Shelf.ALL)
    assert titles(cast.agent) == ["Restart"]
    agent = as_user(cast.agent)
    assert "restart it" in agent.get(f"/canned/{reply.id}").text
    assert agent.post(f"/canned/{reply.id}/deletion").status_code == 403
    with pytest.raises(NotAllowed), unit_of_work():
        keeping.change(
            reply, title="Mine", text="now", shelf=Shelf.OWN, team_id=None, by=cast.agent
        )
    assert as_user(cast.lead).post(f"/canned/{reply.id}/deletion").status_code == 303
    assert titles(cast.agent) == []


def test_unknown_placeholder_is_refused_at_the_field_and_the_text_stays(
    cast: Cast, as_user: Browser
) -> None:
    text = "Dear\n{{requester.frist_name}}, keep me"
    sent = as_user(cast.agent).post("/canned", data={"title": "T", "text": text, "shelf": "own"})
    assert sent.status_code == 422
    assert "Line 2, column 1" in sent.text
    assert "Did you mean {{requester.first_name}}?" in sent.text
    assert "keep me" in sent.text
    assert titles(cast.agent) == []


def test_agent_keeps_changes_and_uses_one_without_scripts(cast: Cast, as_user: Browser) -> None:
    agent, ticket = as_user(cast.agent), make.ticket(cast.customer)
    said = {"title": "Hello", "text": "Dear {{requester.first_name}},", "shelf": "own"}
    assert agent.post("/canned", data=said).status_code == 303
    changed = agent.post("/canned/1", data=said | {"text": "Good day {{requester.name}}:"})
    assert changed.status_code == 303
    assert 'name="canned" value="1"' in agent.get(f"/tickets/{ticket.id}").text
    page = agent.post(
        f"/tickets/{ticket.id}/canned", data={"canned": 1, "text": "I looked.", "kind": "note"}
    )
    assert page.status_code == 200
    assert "I looked.\n\nGood day Cleo Customer:</textarea>" in page.text
    assert 'value="note" checked' in page.text
    filled = agent.get(f"/tickets/{ticket.id}/canned/1")
    assert (filled.mimetype, filled.text) == ("text/plain", "Good day Cleo Customer:")
    assert "Hello" in agent.get(f"/tickets/{ticket.id}/canned?q=hel").text
    assert "Hello" not in agent.get(f"/tickets/{ticket.id}/canned?q=zzz").text


def test_customers_and_other_people_get_nothing(cast: Cast, as_user: Browser) -> None:
    reply, ticket = keep(cast.agent), make.ticket(cast.customer)
    for path in ("/canned", f"/canned/{reply.id}", f"/tickets/{ticket.id}/canned/{reply.id}"):
        assert as_user(cast.customer).get(path).status_code == 403
    assert as_user(cast.lead).get(f"/tickets/{ticket.id}/canned/{reply.id}").status_code == 404
    assert as_user(cast.lead).post(
        f"/tickets/{ticket.id}/canned", data={"canned": reply.id, "text": ""}
    ).status_code == 404  # fmt: skip
    assert as_user(cast.agent).get(f"/tickets/99/canned/{reply.id}").status_code == 404


def test_ticket_page_asks_as_often_with_many_as_with_few(cast: Cast, as_user: Browser) -> None:
    agent, ticket = as_user(cast.agent), make.ticket(cast.customer)

    def asked() -> int:
        with counted() as statements:
            assert agent.get(f"/tickets/{ticket.id}").status_code == 200
        return len(statements)

    for _ in range(2):
        keep(cast.agent)
    asked()
    few = asked()
    for _ in range(18):
        keep(cast.agent)
    asked()
    assert asked() == few
