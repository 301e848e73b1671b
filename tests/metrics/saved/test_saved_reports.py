"""Saved reports: kept, found by whom they are for, read, copied and thrown away."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine

from app.accounts import organisations, teams
from app.accounts.permissions import Role
from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.metrics import remembering
from app.metrics.caches import refreshing
from app.metrics.filtering import Key
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.spans import Moving
from app.tickets import triaging
from app.tickets.shelf import Shelf
from tests.metrics.desks import level_the_cache
from tests.metrics.saved.desks import NOW, busy_desk, saved
from tests.support import make
from tests.support.cast import Cast, person
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
FORM = {"title": "Weekly", "last": "week", "metrics": ["frt", "backlog"], "shelf": "own"}


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows_of(html: str, heading: str) -> list[str]:
    table = html.split(f">{heading}</th>")[1].split("</table>")[0]
    return [text_of(row) for row in table.split("<tr>")[1:]]


def report() -> SavedReport:
    db.session.rollback()
    return db.session.get_one(SavedReport, 1)


@pytest.fixture
def team_id(cast: Cast) -> int:
    """Billing, with the agent in it and the lead not."""
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.agent.id], by=None)
        return team.id


def test_a_report_is_kept_with_everything_that_was_asked(
    cast: Cast, as_user: AsUser, team_id: int
) -> None:
    browser = as_user(cast.agent)
    answer = browser.post(
        "/metrics/reports",
        data=FORM
        | {
            "where_team": str(team_id), "where_tag": "vip, printer", "where_priority": "urgent",
            "where_agent": str(cast.lead.id),
            "hours": "business", "by": "month", "shelf": "team", "team": team_id,
        },
    )  # fmt: skip
    assert answer.status_code == 303
    kept = report()
    assert (kept.title, kept.team_id, kept.owner_id) == ("Weekly", team_id, None)
    assert kept.question.conditions == (
        f"team={team_id}", f"agent={cast.lead.id}", "priority=urgent", "tag=vip", "tag=printer",
    )  # fmt: skip
    assert kept.question.moving is Moving.WEEK
    page = browser.get(answer.location).text
    assert (
        "Last week · Team: Billing · Person: Ada Lead · Priority: Urgent · Tag: vip or printer · By month"
        in page
    )
    form = browser.get("/metrics/reports/1/edit").text
    assert 'value="vip, printer"' in form
    assert re.search(r'value="backlog"[^>]*checked|checked[^>]*value="backlog"', form)


def test_values_with_commas_and_quotes_stay_whole(cast: Cast, as_user: AsUser) -> None:
    conditions = ("queue=Billing, EU", "queue=Returns", 'tag="vip"', 'tag=24"-screen')
    report, browser = saved(cast.agent, conditions=conditions), as_user(cast.agent)
    fields = {
        name: unescape(text)
        for name, text in re.findall(
            r'name="(where_queue|where_tag)" type="text" value="([^"]*)"',
            browser.get(f"/metrics/reports/{report.id}/edit").text,
        )
    }
    assert fields["where_queue"] == '"Billing, EU", Returns'
    answer = browser.post(f"/metrics/reports/{report.id}", data=FORM | fields)
    assert answer.status_code == 303
    db.session.rollback()
    assert db.session.get_one(SavedReport, report.id).question.conditions == conditions


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": " "}, "Give it a title to find it by"),
        ({"metrics": []}, "Choose a figure at least."),
        ({"last": "soon"}, "Not a valid choice"),
        ({"last": "days"}, "Choose the days, or a period that moves with time."),
        (
            {"last": "days", "start_on": "2026-03-02", "end_on": "2026-03-02"},
            "Choose a day after the first one.",
        ),
        ({"where_tag": "x" * 200_000}, "At most 200 characters."),
        ({"where_agent": "9" * 30}, "There is no person"),
        ({"where_organisation": "Nowhere"}, "There is no organisation &#39;Nowhere&#39;."),
        ({"shelf": "all"}, "Only a lead may share it with everybody."),
        ({"shelf": "team", "team": "99"}, "Choose a team that you are in."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(
    cast: Cast, as_user: AsUser, given: dict[str, Any], said: str
) -> None:
    answer = as_user(cast.agent).post("/metrics/reports", data=FORM | given)
    assert answer.status_code == 422
    assert said in answer.text


def test_fixed_days_stay_and_moving_ones_move(cast: Cast) -> None:
    fixed = Question(moving=None, ids=("frt",))
    assert Question.from_json(fixed.as_json()) == fixed
    week = Question(moving=Moving.WEEK, ids=("frt",), conditions=("tag=vip",))
    assert Question.from_json(week.as_json()) == week


def test_who_finds_it_and_who_may_change_it(cast: Cast, as_user: AsUser, team_id: int) -> None:
    own = saved(cast.agent, "Mine")
    team = saved(cast.agent, "Ours", shelf=Shelf.TEAM, team_id=team_id)
    everybodys = saved(cast.lead, "All", shelf=Shelf.ALL)
    agent, lead = as_user(cast.agent), as_user(cast.lead)
    for each, found in ((own, 404), (team, 404), (everybodys, 200)):
        for page in ("", "/edit", "/figures.csv", "/figures.json", "/mails", "/tickets?metric=frt"):
            assert agent.get(f"/metrics/reports/{each.id}{page}").status_code == 200
            assert lead.get(f"/metrics/reports/{each.id}{page}").status_code == found
    assert agent.post(f"/metrics/reports/{everybodys.id}/deletion").status_code == 403
    assert agent.post(f"/metrics/reports/{everybodys.id}", data=FORM).status_code == 403
    assert lead.post(f"/metrics/reports/{own.id}/deletion").status_code == 404
    listed = text_of(lead.get("/metrics/reports").text)
    assert "All" in listed
    assert "Mine" not in listed and "Ours" not in listed
    assert as_user(cast.customer).get(f"/metrics/reports/{everybodys.id}").status_code == 403
    number = everybodys.id
    assert lead.post(f"/metrics/reports/{number}/deletion").status_code == 303
    assert agent.get(f"/metrics/reports/{number}").status_code == 404


def test_what_the_page_shows_is_saved_and_opened_again(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    form = browser.get("/metrics/reports/new?last=28&hours=business&tag=vip&channel=mail").text
    assert 'name="where_tag" type="text" value="vip"' in form
    assert re.search(r'<option selected value="mail">', form)
    assert re.search(r'<option selected value="28">', form)
    address = f"/metrics/reports/new?agent={cast.agent.email}&organisation=Nowhere"
    assert browser.get(address).status_code == 200
    assert '<option selected value="84">' in browser.get("/metrics/reports/new").text
    report = saved(cast.agent, conditions=("tag=vip",), moving=Moving.LAST_7)
    page = browser.get(f"/metrics/reports/{report.id}").text
    assert 'href="/metrics?tag=vip&amp;last=7"' in page
    several = saved(cast.agent, conditions=("tag=vip", "tag=printer"))
    assert "Open on the metrics page" not in browser.get(f"/metrics/reports/{several.id}").text


def test_a_copy_is_a_new_report_of_ones_own(cast: Cast, as_user: AsUser) -> None:
    report = saved(cast.lead, "Weekly", shelf=Shelf.ALL, conditions=("tag=vip",))
    form = as_user(cast.agent).get(f"/metrics/reports/new?copy={report.id}").text
    assert "Copy of Weekly" in form
    assert 'value="vip"' in form
    assert as_user(cast.agent).get("/metrics/reports/new?copy=99").status_code == 404


@pytest.fixture
def desk(cast: Cast) -> Iterator[int]:
    billing = busy_desk(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        yield billing


def test_the_page_shows_groups_with_n_interval_and_evidence(
    cast: Cast, as_user: AsUser, desk: int
) -> None:
    report = saved(cast.agent, by=Key.TAG, moving=Moving.ALL)
    browser = as_user(cast.agent)
    page = browser.get(f"/metrics/reports/{report.id}").text
    assert [row.split()[0] for row in rows_of(page, "Tag")[:2]] == ["printer", "vip"]
    vip = f"/metrics/reports/{report.id}/tickets?metric=ttr_full&row=vip&list=counted"
    assert vip.replace("&", "&amp;") in page
    tickets = browser.get(vip).text
    assert "Solved in, vip" in tickets
    (row,) = [row for row in rows_of(page, "Tag") if row.startswith("vip")]
    n = re.search(r"of (\d+)", row)
    assert n and f'Counted <span class="count">{n[1]}</span>' in tickets


def test_nobody_with_few_cases_is_shown(cast: Cast, as_user: AsUser, desk: int) -> None:
    report = saved(cast.agent, by=Key.AGENT, moving=Moving.ALL)
    browser = as_user(cast.agent)
    page = browser.get(f"/metrics/reports/{report.id}").text
    (row,) = [row for row in rows_of(page, "Person") if row.startswith("Ada")]
    assert "3 tickets: hidden below 5" in row
    address = f"/metrics/reports/{report.id}/tickets?metric=frt&row={cast.lead.id}"
    assert "Fewer than five cases" in browser.get(address).text
    desk_of_one = browser.get(address.replace("frt", "backlog")).text
    assert "Status now" in desk_of_one and 'class="r">Backlog' not in desk_of_one
    figures = browser.get(f"/metrics/reports/{report.id}/figures.json").get_json()
    hidden = [
        row["metrics"]["frt"] for row in figures["groups"]["rows"] if row["name"] == "Ada Lead"
    ]
    assert hidden == [{"value": None, "n": 3, "unit": "s", "hidden": True}]


def test_files_hold_what_the_page_shows(cast: Cast, as_user: AsUser, desk: int) -> None:
    report = saved(cast.agent, by=Key.TEAM, moving=Moving.ALL)
    browser = as_user(cast.agent)
    made = browser.get(f"/metrics/reports/{report.id}/figures.json").get_json()
    rows = [
        *csv.DictReader(io.StringIO(browser.get(f"/metrics/reports/{report.id}/figures.csv").text))
    ]
    whole = next(row for row in rows if row["id"] == "frt" and not row["by"])
    assert int(whole["n"]) == made["metrics"]["frt"]["n"]
    billing = next(row for row in rows if row["id"] == "frt" and row["group_name"] == "Billing")
    (same,) = [row for row in made["groups"]["rows"] if row["value"] == desk]
    assert int(billing["n"]) == same["metrics"]["frt"]["n"]
    assert same["name"] == "Billing"


def test_what_is_gone_breaks_nothing(cast: Cast, as_user: AsUser, desk: int) -> None:
    conditions = ("team=4710", "agent=4711", "organisation=4712")
    report = saved(cast.agent, conditions=conditions, by=Key.TEAM)
    browser = as_user(cast.agent)
    page = browser.get(f"/metrics/reports/{report.id}").text
    assert "Team: No longer here (4710) · Person: No longer here (4711)" in page
    assert "No longer here (4710)" in browser.get(f"/metrics/reports/{report.id}/edit").text


@pytest.mark.parametrize("nines", [10, 30, 5000])
def test_a_number_of_nothing_is_nobody(cast: Cast, as_user: AsUser, nines: int) -> None:
    number, browser = "9" * nines, as_user(cast.agent)
    assert browser.get(f"/metrics?agent={number}").status_code == 422
    assert browser.get(f"/metrics/reports/new?agent={number}").status_code == 200


@pytest.mark.parametrize("by", [Key.AGENT, Key.ASSIGNEE, Key.ORGANISATION])
def test_a_row_that_cannot_be_is_not_found(cast: Cast, as_user: AsUser, desk: int, by: Key) -> None:
    report, browser = saved(cast.agent, by=by, moving=Moving.ALL), as_user(cast.agent)
    for row, status in (("abc", 404), ("9" * 150, 404), ("%23", 200), (str(cast.lead.id), 200)):
        address = f"/metrics/reports/{report.id}/tickets?metric=frt&row={row}"
        assert browser.get(address).status_code == status


def test_a_tag_called_none_is_not_nothing_said(cast: Cast, as_user: AsUser, desk: int) -> None:
    with unit_of_work():
        triaging.set_tags(make.ticket(cast.customer), names=["none"], by=cast.agent)
    level_the_cache()
    report = saved(cast.agent, by=Key.TAG, moving=Moving.ALL, ids=("backlog",))
    browser, address = as_user(cast.agent), f"/metrics/reports/{report.id}"
    rows = browser.get(f"{address}/figures.json").get_json()["groups"]["rows"]
    named = {row["value"]: (row["name"], row["metrics"]["backlog"]["n"]) for row in rows}
    assert named["none"] == ("none", 1)
    assert named[None][0] == "No tag"
    assert named[None][1] > 1
    page = browser.get(address).text
    for key, (name, n) in (("none", named["none"]), ("%23", named[None])):
        row = f"{address}/tickets?metric=backlog&row={key}&list=counted"
        assert row.replace("&", "&amp;") in page
        assert f"Backlog, {name}" in browser.get(row).text
        assert f'Counted <span class="count">{n}</span>' in browser.get(row).text


def test_the_list_costs_the_same_with_many(cast: Cast, as_user: AsUser) -> None:
    with unit_of_work():
        agent = person("Zoe Agent", Role.AGENT)
    browser = as_user(agent)

    def statements() -> int:
        with counted() as queries:
            assert browser.get("/metrics/reports").status_code == 200
        return len(queries)

    with unit_of_work():
        ids = [
            organisations.make_organisation(name=f"Acme {number}", by=None).id
            for number in range(20)
        ]
    for id in ids[:2]:
        saved(agent, conditions=(f"organisation={id}",))
    statements()
    few = statements()
    for id in ids[2:]:
        saved(agent, conditions=(f"organisation={id}", "tag=vip"))
    assert statements() <= few + 1  # the list is read again, for it changed


@pytest.mark.parametrize("address", ["", "/figures.csv", "/figures.json"])
def test_what_is_remembered_is_not_shown_while_figures_are_made_anew(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    busy_desk(cast)
    monkeypatch.setattr(remembering, "SMALL_S", -1.0)
    monkeypatch.setattr(remembering, "REST", 10_000_000)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        kept, browser = saved(cast.agent), as_user(cast.agent)
        first = browser.get(f"/metrics/reports/{kept.id}{address}")
        assert (first.status_code, "being made anew" in first.text) == (200, False)
        with unit_of_work():
            refreshing.forget()
    with time_machine.travel(NOW + timedelta(seconds=5), tick=False):
        again = browser.get(f"/metrics/reports/{kept.id}{address}")
        assert "being made anew" in again.text
