"""Filters on the metrics page: by names, kept by every link and file, and discreet about people."""

import html
import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
import time_machine

from app.accounts import organisations
from app.accounts.user import User
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.tickets import assigning, replying
from tests.metrics.desks import happening, level_the_cache, solved
from tests.metrics.stories import at
from tests.metrics.test_pages import figure, seen, text_of, tile
from tests.support import make
from tests.support.cast import Cast, person
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
DAYS = "from=2026-03-02&to=2026-03-09"


@pytest.fixture
def desk(cast: Cast) -> None:
    """Six tickets answered by the agent, one of them of an organisation's customer and the lead's now."""
    with unit_of_work():
        school = organisations.make_organisation(name="Elm School", by=None)
    with unit_of_work():
        organisations.join(cast.customer, school, by=cast.agent)
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        theirs = make.ticket(cast.customer)
    with unit_of_work():
        organisations.leave(cast.customer, by=cast.agent)
    with happening("2026-03-02T08:30:00Z"):
        assigning.assign(theirs, to=cast.lead, by=cast.lead)
    for hour in range(9, 15):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    level_the_cache()


@pytest.mark.usefixtures("desk")
def test_organisations_and_people_go_by_name_as_they_were_then(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    assert "1 still waiting" in tile(
        seen(browser, f"/metrics?{DAYS}&organisation=elm school"), "frt"
    )
    assert figure(seen(browser, f"/metrics?assignee={quote(cast.lead.name)}"), "backlog") == "1"
    page = seen(browser, f"/metrics?{DAYS}&agent={quote(cast.agent.email or '')}")
    assert "median of 6 tickets" in tile(page, "frt")
    by_person = seen(browser, f"/metrics?{DAYS}&by=agent")
    (link,) = re.findall(rf'href="([^"]+)">{cast.agent.name}</a>', by_person)
    page = seen(browser, html.unescape(link))
    assert "median of 6 tickets" in tile(page, "frt")
    assert f"Answered by: {cast.agent.name}" in text_of(page)


@pytest.mark.usefixtures("desk")
def test_every_link_and_file_keeps_the_filters(cast: Cast, as_user: AsUser) -> None:
    browser, asked = as_user(cast.agent), f"{DAYS}&organisation=Elm+School"
    page = seen(browser, f"/metrics?{asked}")
    links = {html.unescape(each) for each in re.findall(r'href="(/metrics/[^"]+)"', page)}
    kept = links - {"/metrics/wallboard", "/metrics/dashboards", "/metrics/reports"}
    assert len(kept) > 15
    assert all("organisation=Elm+School" in each for each in kept)
    rows = browser.get(f"/metrics/frt/tickets.json?{asked}").get_json()
    assert [row["list"] for row in rows] == ["waiting"]


@pytest.mark.parametrize("name", ["organisation", "agent", "assignee"])
@pytest.mark.usefixtures("desk")
def test_a_name_that_nobody_bears_is_told_at_its_field(
    cast: Cast, as_user: AsUser, name: str
) -> None:
    for address in ("/metrics", "/metrics/frt/tickets"):
        answer = as_user(cast.agent).get(f"{address}?{name}=Nobody")
        assert answer.status_code == 422
        assert f'id="{name}-error"' in answer.text


@pytest.mark.usefixtures("desk")
def test_of_two_with_one_name_the_one_who_answers_is_meant(cast: Cast, as_user: AsUser) -> None:
    with unit_of_work():
        begin_writing()
        twin = person("Somebody Else")
        twin.name = cast.agent.name
        db.session.add(twin)
    page = seen(as_user(cast.agent), f"/metrics?{DAYS}&agent={quote(cast.agent.name)}")
    assert "median of 6 tickets" in tile(page, "frt")


@pytest.mark.usefixtures("desk")
def test_few_cases_of_one_person_are_hidden_everywhere(cast: Cast, as_user: AsUser) -> None:
    with time_machine.travel(at("2026-03-03T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-03T09:00:00Z"):
        replying.reply(ticket, text="Start the worker.", by=cast.lead)
    level_the_cache()
    browser, asked = as_user(cast.lead), f"{DAYS}&agent={cast.lead.id}"
    made = browser.get(f"/metrics/figures.json?{asked}").get_json()["metrics"]
    assert made["frt"] == {"value": None, "n": 1, "unit": "s", "hidden": True}
    assert "Hidden: fewer than five cases" in tile(seen(browser, f"/metrics?{asked}"), "frt")
    page = seen(browser, f"/metrics/frt/tickets?{asked}")
    assert "Values are hidden" in page
    assert ">1h</td>" not in page
    rows = browser.get(f"/metrics/frt/tickets.json?{asked}").get_json()
    assert [row["value"] for row in rows] == [None]
    for part in ("least=3600", "least=3601", "below=3600"):  # halving finds nothing
        assert browser.get(f"/metrics/frt/tickets.json?{asked}&{part}").get_json() == rows
        listed = seen(browser, f"/metrics/frt/tickets?{asked}&{part}")
        assert f'tickets/{ticket.id}"' in listed
        assert "Counted here are only" not in listed


def test_a_backlog_of_few_of_one_person_has_no_ages(cast: Cast, as_user: AsUser) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
    level_the_cache()
    browser, asked = as_user(cast.lead), f"last=all&assignee={cast.agent.id}"
    backlog = browser.get(f"/metrics/figures.json?{asked}").get_json()["metrics"]["backlog"]
    assert (backlog["value"], backlog["oldest"]) == (1, None)
    assert "fewer than five is hidden" in seen(browser, f"/metrics?{asked}")
    for name in ("backlog", "open_age"):
        rows = browser.get(f"/metrics/{name}/tickets.json?{asked}").get_json()
        assert [(row["ticket"], row["value"]) for row in rows] == [(ticket.id, None)]
        assert "Values are hidden" in seen(browser, f"/metrics/{name}/tickets?{asked}")


def test_what_a_desk_does_not_know_is_not_offered(cast: Cast, as_user: AsUser) -> None:
    make.ticket(cast.customer)
    level_the_cache()
    page = seen(as_user(cast.agent))
    for name in ("queue", "type", "organisation", "team"):
        assert f'name="{name}"' not in page
    assert 'name="agent"' in page


@pytest.mark.usefixtures("desk")
def test_names_are_offered_while_somebody_types(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    assert "Elm School" in seen(browser, "/metrics/options?organisation=elm")
    assert "Elm School" not in seen(browser, "/metrics/options?organisation=school")
    assert cast.agent.name in seen(browser, f"/metrics/options?agent={quote(cast.agent.name[:3])}")
    assert "<option" not in seen(browser, f"/metrics/options?agent={quote(cast.customer.name)}")


@pytest.mark.usefixtures("desk")
def test_a_page_that_was_seen_asks_for_nothing(cast: Cast, as_user: AsUser) -> None:
    browser, address = as_user(cast.agent), f"/metrics?{DAYS}"
    seen(browser, address)
    seen(browser, address)
    with counted() as sent:
        seen(browser, address)
    assert [each for each in sent if "FROM notices" not in each] == []  # the bell is of every page
