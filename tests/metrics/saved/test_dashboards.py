"""Dashboards: reports in an order, for those who may see them."""

import csv
import io
from collections.abc import Callable

import pytest
import time_machine

from app.accounts import teams
from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.day_span import Step
from app.metrics.filtering import Key
from app.metrics.saved import arranging, keeping, panels
from app.metrics.saved.queries import arranged, dashboard_or_404, report_or_404
from app.metrics.saved.spans import Moving
from app.tickets.shelf import Shelf
from tests.metrics.desks import level_the_cache
from tests.metrics.saved.desks import NOW, busy_desk, saved
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]


def board(
    owner: User, ids: list[int], *, shelf: Shelf = Shelf.OWN, team_id: int | None = None
) -> int:
    with unit_of_work():
        made = arranging.make_dashboard(
            title="Mondays", report_ids=ids, shelf=shelf, team_id=team_id, by=owner
        )
        return made.id


@pytest.fixture
def team_id(cast: Cast) -> int:
    """Billing, with agent and lead in it."""
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.agent.id, cast.lead.id], by=None)
        return team.id


def places(**numbers: object) -> dict[str, object]:
    return {"title": "Mondays", "shelf": "own"} | numbers


def test_reports_stand_in_the_order_of_their_numbers(cast: Cast, as_user: AsUser) -> None:
    one, two, three = (saved(cast.agent, name).id for name in ("One", "Two", "Three"))
    browser = as_user(cast.agent)
    data = places(**{f"place-{one}": "3", f"place-{two}": "", f"place-{three}": "1"})
    answer = browser.post("/metrics/dashboards", data=data)
    page = browser.get(answer.location).text
    assert page.index(f'id="report-{three}"') < page.index(f'id="report-{one}"')
    assert f'id="report-{two}"' not in page
    form = browser.get(f"{answer.location}/edit").text
    assert (
        f'name="place-{one}" inputmode="numeric" maxlength="3" autocomplete="off" value="2"' in form
    )
    data = places(**{f"place-{two}": "1"}, title="Tuesdays")
    assert browser.post(answer.location, data=data).status_code == 303
    page = browser.get(answer.location).text
    assert "Tuesdays" in page
    assert f'id="report-{one}"' not in page
    assert browser.post(f"{answer.location}/deletion").status_code == 303
    assert browser.get(answer.location).status_code == 404
    assert browser.get(f"/metrics/reports/{one}").status_code == 200


def test_a_private_report_is_refused_on_a_shared_dashboard(
    cast: Cast, as_user: AsUser, team_id: int
) -> None:
    own = saved(cast.lead, "Secret").id
    of_team = saved(cast.lead, "Ours", shelf=Shelf.TEAM, team_id=team_id).id
    browser = as_user(cast.lead)
    for shelf, ids, said in (
        ("team", [own, of_team], "“Secret” is not for this team"),
        ("all", [of_team], "“Ours” is not for everybody"),
    ):
        numbers = {f"place-{id}": str(place) for place, id in enumerate(ids)}
        data = places(**numbers, shelf=shelf, team=team_id)
        answer = browser.post("/metrics/dashboards", data=data)
        assert answer.status_code == 422
        assert said in answer.text
    answer = browser.post(
        "/metrics/dashboards", data=places(**{f"place-{of_team}": "1"}, shelf="team", team=team_id)
    )
    assert as_user(cast.agent).get(answer.location).status_code == 200


def test_a_reader_sees_the_reports_that_they_may_see_now(
    cast: Cast, as_user: AsUser, team_id: int
) -> None:
    kept, gone = (saved(cast.lead, name, shelf=Shelf.ALL).id for name in ("Kept", "Taken back"))
    number = board(cast.lead, [gone, kept], shelf=Shelf.ALL)
    as_user(cast.lead).post(
        f"/metrics/reports/{gone}",
        data={"title": "Taken back", "last": "week", "metrics": ["frt"], "shelf": "own"},
    )
    agent = as_user(cast.agent)
    page = agent.get(f"/metrics/dashboards/{number}").text
    assert "Kept" in page
    assert "Taken back" not in page
    assert agent.get(f"/metrics/dashboards/{number}/{gone}").status_code == 404
    assert agent.get(f"/metrics/dashboards/{number}/{kept}").status_code == 200
    assert agent.post(f"/metrics/dashboards/{number}", data=places()).status_code == 403
    assert "1</td>" in agent.get("/metrics/dashboards").text


def test_who_changes_a_teams_dashboard_keeps_what_they_cannot_see(cast: Cast, team_id: int) -> None:
    ours, taken = (
        saved(cast.lead, name, shelf=Shelf.TEAM, team_id=team_id).id for name in ("Ours", "Taken")
    )
    number = board(cast.lead, [taken, ours], shelf=Shelf.TEAM, team_id=team_id)
    with unit_of_work():
        report = report_or_404(taken, cast.lead)
        keeping.change(
            report,
            title="Taken",
            question=report.question,
            shelf=Shelf.OWN,
            team_id=None,
            by=cast.lead,
        )
    with unit_of_work():
        arranging.change_dashboard(
            dashboard_or_404(number, cast.agent),
            title="Mondays", report_ids=[ours], shelf=Shelf.TEAM, team_id=team_id, by=cast.agent,
        )  # fmt: skip
    assert arranged(dashboard_or_404(number, cast.lead)) == [ours, taken]


def test_many_reports_cost_what_few_do_once_they_are_drawn(cast: Cast, as_user: AsUser) -> None:
    busy_desk(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        ids = [saved(cast.agent, f"R{n}", conditions=(f"tag=t{n}",)).id for n in range(20)]
        few, many = board(cast.agent, ids[:2]), board(cast.agent, ids)
        browser = as_user(cast.agent)

        def statements(number: int) -> int:
            with counted() as queries:
                assert browser.get(f"/metrics/dashboards/{number}").status_code == 200
            return len(queries)

        statements(many)
        assert statements(few) == statements(many)


def test_reports_that_take_time_come_one_by_one(
    cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.ticket(cast.customer)
    level_the_cache()
    ids = [saved(cast.agent, name).id for name in ("One", "Two")]
    number = board(cast.agent, ids)
    monkeypatch.setattr(panels, "ENOUGH_S", -1.0)
    browser = as_user(cast.agent)
    page = browser.get(f"/metrics/dashboards/{number}").text
    later = f"/metrics/dashboards/{number}/{ids[0]}"
    assert f'hx-get="{later}"' in page
    assert "First reply" not in page
    panel = browser.get(later).text
    assert "First reply" in panel and "hx-get" not in panel
    assert f'hx-get="{later}"' not in browser.get(f"/metrics/dashboards/{number}").text


def test_a_dashboard_is_one_file_of_all_its_reports(cast: Cast, as_user: AsUser) -> None:
    busy_desk(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        people = saved(cast.agent, "=People", by=Key.AGENT, moving=Moving.ALL).id
        weeks = saved(cast.agent, "Weeks", by=Step.WEEK, moving=Moving.LAST_28).id
        number, browser = board(cast.agent, [weeks, people]), as_user(cast.agent)
        address = f"/metrics/dashboards/{number}"
        page = browser.get(address).text
        for kind in ("csv", "json"):
            assert f'href="{address}/figures.{kind}"' in page
        file = browser.get(f"{address}/figures.csv")
        listed = browser.get(f"{address}/figures.json").get_json()
        own = [
            browser.get(f"/metrics/reports/{id}/figures.json").get_json() for id in (weeks, people)
        ]
        lines = [
            [*csv.DictReader(io.StringIO(browser.get(f"/metrics/reports/{id}/figures.csv").text))]
            for id in (weeks, people)
        ]
    assert file.headers["Content-Disposition"] == 'attachment; filename="mondays-2026-03-20.csv"'
    rows = [*csv.DictReader(io.StringIO(file.text))]
    about = {"report", "report_title", "as_of", "from", "to"}
    assert [{k: v for k, v in row.items() if k not in about} for row in rows] == [
        *lines[0],
        *lines[1],
    ]
    assert [*dict.fromkeys((row["report"], row["report_title"]) for row in rows)] == [
        (str(weeks), "Weeks"), (str(people), "'=People"),
    ]  # fmt: skip
    few = next(row for row in rows if row["group_name"] == "Ada Lead" and row["id"] == "frt")
    assert (few["n"], few["value"], few["definition"]) == ("3", "", "")
    assert {row["from"] for row in rows if row["report"] == str(weeks)} == {"2026-02-21T00:00:00Z"}
    named = [{"report": weeks, "title": "Weeks"}, {"report": people, "title": "=People"}]
    assert listed == [{**name, **each} for name, each in zip(named, own, strict=True)]


def test_the_file_holds_what_this_reader_may_see(cast: Cast, as_user: AsUser, team_id: int) -> None:
    kept, gone = (saved(cast.lead, name, shelf=Shelf.ALL).id for name in ("Kept", "Taken back"))
    number = board(cast.lead, [gone, kept], shelf=Shelf.ALL)
    with unit_of_work():
        report = report_or_404(gone, cast.lead)
        keeping.change(
            report, title=report.title, question=report.question, shelf=Shelf.OWN, team_id=None,
            by=cast.lead,
        )  # fmt: skip
    make.ticket(cast.customer)
    level_the_cache()
    address = f"/metrics/dashboards/{number}/figures"
    assert [each["title"] for each in as_user(cast.agent).get(f"{address}.json").get_json()] == [
        "Kept"
    ]
    assert "Taken back" not in as_user(cast.agent).get(f"{address}.csv").text
    assert "Taken back" in as_user(cast.lead).get(f"{address}.csv").text
    private = board(cast.lead, [gone])
    assert as_user(cast.agent).get(f"/metrics/dashboards/{private}/figures.csv").status_code == 404
    assert as_user(cast.customer).get(f"{address}.csv").status_code == 403


def test_the_file_of_many_reports_costs_what_that_of_few_does_once_they_are_made(
    cast: Cast, as_user: AsUser
) -> None:
    busy_desk(cast)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        ids = [
            saved(cast.agent, f"R{n}", by=Key.AGENT, conditions=(f"tag=t{n}",)).id
            for n in range(20)
        ]
        few, many = board(cast.agent, ids[:2]), board(cast.agent, ids)
        browser = as_user(cast.agent)

        def statements(number: int) -> int:
            with counted() as queries:
                assert browser.get(f"/metrics/dashboards/{number}/figures.csv").text
            return len(queries)

        statements(many)
        assert statements(few) == statements(many)
