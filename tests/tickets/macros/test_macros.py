"""Macros: shown before they are done, and done whole or not at all."""

import re
from collections.abc import Callable

import pytest

from app.accounts import teams
from app.accounts.user import User
from app.core.errors import Conflict, InvalidInput
from app.core.uow import unit_of_work
from app.tickets import access, replying, resolving
from app.tickets.history import timeline
from app.tickets.macros import applying, keeping
from app.tickets.macros.macro import Changes, Macro, Says, Who
from app.tickets.macros.queries import macros
from app.tickets.shelf import Shelf
from app.tickets.ticket import Priority, Status, Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

Browser = Callable[[User], FreshClient]
EVERYTHING = Changes(
    status=Status.WAITING_CUSTOMER,
    priority=Priority.HIGH,
    assignee=Who.ME,
    add_tags=("billing",),
    remove_tags=("sync",),
)


def keep(by: User, changes: Changes = EVERYTHING, text: str = "", **given: object) -> Macro:
    said = {"title": "To billing", "says": Says.REPLY if text else Says.NOTHING} | given
    with unit_of_work():
        return keeping.keep(
            **said, changes=changes, text=text, shelf=Shelf.OWN, team_id=None, by=by
        )  # type: ignore[arg-type]


def loaded(ticket: Ticket, user: User) -> Ticket:
    return access.ticket_or_404(ticket.id, user)


def shown(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(shown|seen)" value="([^"]*)"', page))


def test_everything_is_done_in_one_act_that_names_the_macro(cast: Cast) -> None:
    ticket = make.ticket(cast.customer, tags=["sync"])
    macro = keep(cast.agent, text="Dear {{requester.first_name}}, which invoice?")
    before = len(timeline(ticket.id))
    with unit_of_work():
        applying.apply(loaded(ticket, cast.agent), macro=macro, by=cast.agent)
    facts = timeline(ticket.id)[before:]
    assert {row.kind for row in facts} == {
        "message.queued", "message.released", "status.changed", "macro.applied",
        "assigned", "priority.changed", "tag.added", "tag.removed",
    }  # fmt: skip
    assert len({row.correlation_id for row in facts}) == 1
    assert {row.actor_id for row in facts} == {cast.agent.id}
    assert [row.payload for row in facts if row.kind == "macro.applied"] == [{"macro_id": macro.id}]
    after = loaded(ticket, cast.agent)
    assert (after.status, after.priority) == (Status.WAITING_CUSTOMER, Priority.HIGH)
    assert (after.assignee_id, after.tag_names) == (cast.agent.id, ["billing"])


def test_page_shows_before_what_will_be_done(cast: Cast, as_user: Browser) -> None:
    ticket, agent = make.ticket(cast.customer, tags=["sync"]), as_user(cast.agent)
    macro = keep(cast.agent, text="Dear {{requester.first_name}}, *which* invoice?")
    assert f"/tickets/{ticket.id}/macros/{macro.id}" in agent.get(f"/tickets/{ticket.id}").text
    page = agent.get(f"/tickets/{ticket.id}/macros/{macro.id}").text
    for said in ("Waiting", "High", "Ben Agent", "billing", "sync", "Dear Cleo, <em>which</em>"):
        assert said in page
    assert [row.kind for row in timeline(ticket.id)].count("macro.applied") == 0
    done = agent.post(f"/tickets/{ticket.id}/macros/{macro.id}", data=shown(page))
    assert done.status_code == 303
    assert "used <a" in agent.get(f"/tickets/{ticket.id}").text


def test_nothing_is_done_when_a_part_of_it_cannot_be(cast: Cast, as_user: Browser) -> None:
    ticket, agent = make.ticket(cast.customer), as_user(cast.agent)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    macro = keep(cast.agent, text="Hello")
    before = len(timeline(ticket.id))
    page = agent.get(f"/tickets/{ticket.id}/macros/{macro.id}").text
    assert "A ticket that is solved cannot become waiting." in page
    assert "Send and do it" not in page
    sent = agent.post(f"/tickets/{ticket.id}/macros/{macro.id}", data=shown(page))
    assert sent.status_code == 409
    assert len(timeline(ticket.id)) == before


def test_reply_with_a_gap_is_not_sent(cast: Cast) -> None:
    ticket, macro = make.ticket(cast.customer), keep(cast.agent, text="Ask {{assignee.name}}")
    with pytest.raises(Conflict, match=r"nothing for assignee\.name"), unit_of_work():
        applying.apply(loaded(ticket, cast.agent), macro=macro, by=cast.agent)


def test_macro_that_would_do_something_else_by_now_is_shown_again(
    cast: Cast, as_user: Browser
) -> None:
    ticket, agent = make.ticket(cast.customer), as_user(cast.agent)
    macro = keep(cast.agent, text="Hello")
    page = agent.get(f"/tickets/{ticket.id}/macros/{macro.id}").text
    with unit_of_work():
        replying.reply(ticket, text="Wait, it is solved!", by=cast.customer)
    sent = agent.post(f"/tickets/{ticket.id}/macros/{macro.id}", data=shown(page))
    assert sent.status_code == 409
    assert "Nothing was changed yet" in sent.text
    with unit_of_work():
        keeping.change(
            macro, title="Other", changes=Changes(priority=Priority.LOW), says=Says.NOTHING,
            text="", shelf=Shelf.OWN, team_id=None, by=cast.agent,
        )  # fmt: skip
    assert agent.post(
        f"/tickets/{ticket.id}/macros/{macro.id}", data=shown(sent.text)
    ).status_code == 409  # fmt: skip
    assert loaded(ticket, cast.agent).priority is Priority.NORMAL


def test_macro_is_kept_by_its_page_and_found_by_its_owner_alone(
    cast: Cast, as_user: Browser
) -> None:
    agent = as_user(cast.agent)
    said = {
        "title": "Escalate", "priority": "urgent", "assignee": "nobody", "add_tags": "Bug, two words",
        "says": "note", "text": "Look, {{agent.name}} asks", "shelf": "own",
    }  # fmt: skip
    assert agent.post("/macros", data=said).status_code == 303
    (row,) = macros(cast.agent)
    assert row.does == "Adds a note, Urgent priority, assigns, +bug, +two-words"
    assert macros(cast.lead) == []
    assert 'value="urgent"' in agent.get(f"/macros/{row.id}").text
    changed = agent.post(f"/macros/{row.id}", data=said | {"priority": "", "says": "nothing"})
    assert changed.status_code == 303
    assert macros(cast.agent)[0].does == "assigns, +bug, +two-words"
    for path in (f"/macros/{row.id}", f"/tickets/{make.ticket(cast.customer).id}/macros/{row.id}"):
        assert as_user(cast.lead).get(path).status_code == 404
        assert as_user(cast.customer).get(path).status_code == 403
    assert agent.post(f"/macros/{row.id}/deletion").status_code == 303
    assert macros(cast.agent) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"priority": ""}, "A macro does something"),
        ({"title": " "}, "Give it a title"),
        ({"says": "reply", "text": "{{nobody}}"}, "Line 1, column 1"),
        ({"assignee": "evil"}, "Choose from the list"),
        ({"add_tags": "x" * 41}, "A tag has 1 to 40"),
        ({"shelf": "all"}, "Only a lead"),
    ],
)
def test_macro_that_cannot_be_is_refused(
    cast: Cast, as_user: Browser, wrong: dict[str, str], said: str
) -> None:
    good = {"title": "T", "priority": "low", "says": "nothing", "shelf": "own"}
    sent = as_user(cast.agent).post("/macros", data=good | wrong)
    assert sent.status_code == 422
    assert said in sent.text
    assert macros(cast.agent) == []


def test_team_is_changed_and_left(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        team_id = teams.make_team(name="Billing", by=None).id
    for wanted, found in ((team_id, team_id), (0, None)):
        macro = keep(cast.agent, Changes(team=wanted))
        with unit_of_work():
            applying.apply(loaded(ticket, cast.agent), macro=macro, by=cast.agent)
        assert loaded(ticket, cast.agent).team_id == found


def test_macro_that_does_nothing_is_none(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        keep(cast.agent, Changes())
