"""Several people change the same ticket: nothing is lost, and whoever was slower sees both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from app.accounts import people
from app.accounts.permissions import Role
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets.history import timeline
from app.tickets.ticket import Priority
from tests.support import make
from tests.support.cast import Cast, person
from tests.support.client import FreshClient

AsUser = Callable[[Any], FreshClient]
AS_IT_WAS = {
    "status": "new", "was_status": "new", "assignee": "", "was_assignee": "", "team": "",
    "was_team": "", "priority": "normal", "was_priority": "normal", "tags": "", "was_tags": "",
}  # fmt: skip


def save(browser: FreshClient, number: int, **fields: Any) -> Any:
    return browser.post(f"/tickets/{number}/properties", data=AS_IT_WAS | fields)


def test_whoever_is_slower_sees_both_and_can_insist(cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer).id
    first, second = as_user(cast.lead), as_user(cast.agent)
    assert save(first, number, priority="high").status_code == 303
    refused = save(second, number, priority="low", assignee=cast.agent.id)
    assert refused.status_code == 409
    assert "Priority is now <b>High</b>. You chose <b>Low</b>." in refused.text
    assert 'name="was_priority" value="high"' in refused.text
    assert '<option value="low" selected>' in refused.text
    assert make.ticket_numbered(number).assignee_id is None  # all or nothing
    again = {"priority": "low", "was_priority": "high", "assignee": cast.agent.id}
    assert save(second, number, **again).status_code == 303
    ticket = make.ticket_numbered(number)
    assert (ticket.priority, ticket.assignee_id) == (Priority.LOW, cast.agent.id)


def test_different_fields_and_the_same_wish_are_no_conflict(cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer).id
    assert save(as_user(cast.lead), number, priority="high").status_code == 303
    assert save(as_user(cast.agent), number, assignee=cast.agent.id).status_code == 303
    assert save(as_user(cast.agent), number, priority="high").status_code == 303
    assert make.ticket_numbered(number).priority is Priority.HIGH


def test_tags_of_several_people_add_up(cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer, tags=["old"]).id
    seen = {"was_tags": "old"}
    assert save(as_user(cast.lead), number, tags="old, mail", **seen).status_code == 303
    assert save(as_user(cast.agent), number, tags="smtp", **seen).status_code == 303
    assert make.ticket_numbered(number).tag_names == ["mail", "smtp"]


def test_twenty_agents_at_once_lose_nothing(app: Flask, cast: Cast, as_user: AsUser) -> None:
    number = make.ticket(cast.customer).id
    with unit_of_work():
        agents = [person(f"Agent{n} Smith", Role.AGENT) for n in range(20)]
    browsers = [(agent.id, as_user(agent)) for agent in agents]
    db.session.remove()

    def take(who: tuple[int, FreshClient]) -> tuple[int, int]:
        key, browser = who
        with app.app_context():
            answer = save(browser, number, assignee=key, tags=f"seen-by-{key}")
            if answer.status_code == 409:
                assert "Assignee is now <b>Agent" in answer.text
                assert f'value="{key}" selected' in answer.text
                assert f'name="tags" value="seen-by-{key}"' in answer.text
                with app.app_context():
                    save(browser, number, tags=f"seen-by-{key}")
            return key, answer.status_code

    with ThreadPoolExecutor(20) as pool:
        answers = dict(pool.map(take, browsers))
    [winner] = [key for key, status in answers.items() if status == 303]
    assert set(answers.values()) == {303, 409}
    ticket = make.ticket_numbered(number)
    assert ticket.assignee_id == winner
    assert len(ticket.tag_names) == 20
    assert [each.seq for each in timeline(number)] == list(range(1, ticket.last_seq + 1))
    assert people.names_of([winner])
