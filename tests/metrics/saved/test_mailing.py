"""Figures by mail: when they are due, once, to whoever may read them then, and equal to the page's."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete

from app.accounts import teams
from app.accounts.user import User
from app.core.db import db, insert_into
from app.core.errors import InvalidInput
from app.core.uow import begin_writing, unit_of_work
from app.metrics.caches.going_back import NotReady
from app.metrics.caches.metric_page import MetricForm
from app.metrics.filtering import Key
from app.metrics.saved import jobs, keeping, subscribing
from app.metrics.saved.links import Stop, stop_url
from app.metrics.saved.queries import report_or_404
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.spans import Moving
from app.metrics.saved.subscription import Every
from app.tickets.shelf import Shelf
from tests.metrics.desks import level_the_cache
from tests.metrics.saved.desks import NOW, busy_desk, saved
from tests.metrics.test_commands import run
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import outbox
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
ASKED = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 8, tzinfo=UTC)


def asked_for(
    report: SavedReport, by: User, *, every: Every = Every.WEEK, team_id: int | None = None
) -> int:
    """A mail every Monday at eight, or so."""
    with time_machine.travel(ASKED, tick=False), unit_of_work():
        made = subscribing.subscribe(
            db.session.merge(report), every=every, weekday=0, hour=8, team_id=team_id, by=by
        )
        return made.id


def look(drain: Drain, *, at: datetime = DUE + timedelta(minutes=1)) -> None:
    """What the schedule does every five minutes."""
    with time_machine.travel(at, tick=False):
        with unit_of_work():
            jobs.send_due_reports()
        drain()


@pytest.fixture
def report(cast: Cast) -> SavedReport:
    with time_machine.travel(ASKED, tick=False):
        level_the_cache()
    return saved(cast.agent, "Weekly figures", moving=Moving.WEEK)


def test_a_mail_comes_when_it_is_due_and_once(
    cast: Cast, drain: Drain, report: SavedReport
) -> None:
    asked_for(report, cast.agent)
    look(drain, at=DUE - timedelta(minutes=1))
    assert not outbox(to=cast.agent.email)
    for minute in (1, 6, 59):
        look(drain, at=DUE + timedelta(minutes=minute))
    (mail,) = outbox(to=cast.agent.email)
    assert mail.subject == "Weekly figures: 2 March 2026 to 8 March 2026"
    assert "/metrics/mails/stop/" in mail.unsubscribe_url
    with time_machine.travel(DUE + timedelta(days=100), tick=False), unit_of_work():
        jobs.forget_old()
    look(drain, at=DUE + timedelta(days=104))
    look(drain, at=DUE + timedelta(days=104, minutes=5))
    assert len(outbox(to=cast.agent.email)) == 2  # one for all that were missed


def test_two_at_once_and_a_worker_that_dies_send_one(
    cast: Cast, drain: Drain, report: SavedReport
) -> None:
    number, due = asked_for(report, cast.agent), DUE.isoformat()
    with time_machine.travel(DUE, tick=False):
        with pytest.raises(KeyboardInterrupt), unit_of_work():
            jobs.send_report(number, cast.agent.id, due)
            raise KeyboardInterrupt
        assert not outbox(to=cast.agent.email)
        for _ in range(2):
            with unit_of_work():
                jobs.send_report(number, cast.agent.id, due)
    look(drain)
    assert len(outbox(to=cast.agent.email)) == 1


@pytest.mark.parametrize("lost", ["role", "account", "report", "stopped", "ended"])
def test_who_may_not_read_it_any_more_gets_nothing(cast: Cast, drain: Drain, lost: str) -> None:
    report = saved(cast.lead, shelf=Shelf.ALL)
    number = asked_for(report, cast.agent)
    with time_machine.travel(ASKED, tick=False), unit_of_work():
        begin_writing()
        agent = db.session.get_one(User, cast.agent.id)
        subscription = subscribing.subscription_or_404(number, cast.agent)
        match lost:
            case "role":
                agent.held.clear()
            case "account":
                agent.deactivated_at = ASKED
            case "report":
                kept = report_or_404(report.id, cast.lead)
                keeping.change(
                    kept,
                    title="x",
                    question=kept.question,
                    shelf=Shelf.OWN,
                    team_id=None,
                    by=cast.lead,
                )
            case "stopped":
                subscribing.stop(subscription, by=agent)
            case _:
                subscribing.end(subscription, by=agent)
    for minute in (1, 6):
        look(drain, at=DUE + timedelta(minutes=minute))
    assert not outbox(to=cast.agent.email)


def test_a_team_gets_what_is_shared_with_it_and_who_left_does_not(cast: Cast, drain: Drain) -> None:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.agent.id, cast.lead.id], by=None)
        team_id = team.id
    report = saved(cast.lead, shelf=Shelf.TEAM, team_id=team_id)
    asked_for(report, cast.lead, team_id=team_id)
    look(drain)
    assert [len(outbox(to=each.email)) for each in (cast.agent, cast.lead)] == [1, 1]
    with unit_of_work():
        teams.set_members(teams.team_or_404(team_id), ids=[cast.lead.id], by=None)
    look(drain, at=DUE + timedelta(days=7, minutes=1))
    assert [len(outbox(to=each.email)) for each in (cast.agent, cast.lead)] == [1, 2]


def test_who_joins_an_empty_team_days_later_gets_the_next_one(cast: Cast, drain: Drain) -> None:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.lead.id], by=None)
        team_id = team.id
    asked_for(saved(cast.lead, shelf=Shelf.ALL), cast.lead, team_id=team_id)
    for ids in ([], [cast.agent.id]):
        with unit_of_work():
            teams.set_members(teams.team_or_404(team_id), ids=ids, by=None)
        look(drain, at=DUE + timedelta(days=2))
    assert not outbox(to=cast.agent.email)
    look(drain, at=DUE + timedelta(days=7))
    assert len(outbox(to=cast.agent.email)) == 1


def test_a_team_costs_the_figures_of_one(cast: Cast) -> None:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.agent.id, cast.lead.id], by=None)
        team_id = team.id
    with time_machine.travel(ASKED, tick=False):
        make.ticket(cast.customer)
        level_the_cache()
    report = saved(cast.lead, shelf=Shelf.ALL, by=Key.TEAM)
    number = asked_for(report, cast.lead, team_id=team_id)

    def readings(user: User) -> int:
        with counted() as queries, unit_of_work():
            jobs.send_report(number, user.id, DUE.isoformat())
        return sum("metric_pages" in each for each in queries)

    with time_machine.travel(DUE, tick=False):
        assert readings(cast.agent)
        assert not readings(cast.lead)


def test_figures_that_are_made_anew_are_waited_for(
    cast: Cast, drain: Drain, report: SavedReport
) -> None:
    number, due = asked_for(report, cast.agent), DUE.isoformat()
    with unit_of_work():
        begin_writing()
        db.session.execute(insert_into(MetricForm).values(id=1, form="0 Mars"))
    with time_machine.travel(DUE, tick=False):
        with pytest.raises(NotReady), unit_of_work():
            jobs.send_report(number, cast.agent.id, due)
        with unit_of_work():
            begin_writing()
            db.session.execute(delete(MetricForm))
            jobs.send_report(number, cast.agent.id, due)
    drain()
    assert len(outbox(to=cast.agent.email)) == 1


def test_only_what_a_team_may_see_is_sent_to_it(cast: Cast, as_user: AsUser) -> None:
    with unit_of_work():
        team = teams.make_team(name="Billing", by=None)
        teams.set_members(team, ids=[cast.agent.id], by=None)
        team_id = team.id
    report = saved(cast.agent)
    browser, address = as_user(cast.agent), f"/metrics/reports/{report.id}/mails"
    when = {"every": "week", "weekday": "0", "hour": "8"}
    answer = browser.post(address, data=when | {"whom": str(team_id)})
    assert (answer.status_code, "Share it with this team first." in answer.text) == (422, True)
    assert browser.post(address, data=when | {"every": "hour"}).status_code == 422
    assert browser.post(address, data=when | {"whom": ""}).status_code == 303
    page = browser.get(address).text
    assert "Every Monday at 8:00" in page
    assert browser.post("/metrics/mails/1", data={"act": "end"}).status_code == 303
    assert "Every Monday at 8:00" not in browser.get(address).text
    assert as_user(cast.lead).post("/metrics/mails/1", data={"act": "end"}).status_code == 404


def test_many_mails_are_for_a_dashboard(cast: Cast) -> None:
    for _ in range(15):
        number = asked_for(saved(cast.agent), cast.agent)
    with pytest.raises(InvalidInput, match="put reports on a dashboard"):
        asked_for(saved(cast.agent), cast.agent)
    kept = subscribing.subscription_or_404(number, cast.agent)
    report = db.session.get_one(SavedReport, kept.report_id)
    assert asked_for(report, cast.agent, every=Every.DAY) == number
    assert asked_for(saved(cast.lead), cast.lead)


def test_one_click_stops_it_and_opening_the_link_does_not(
    cast: Cast, drain: Drain, client: FreshClient, report: SavedReport
) -> None:
    asked_for(report, cast.agent)
    look(drain)
    (mail,) = outbox(to=cast.agent.email)
    path = "/" + mail.unsubscribe_url.split("/", 3)[3]
    assert "Stop these mails?" in client.get(path).text
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "These mails are stopped" in client.get(path).text
    look(drain, at=DUE + timedelta(days=7, minutes=1))
    assert len(outbox(to=cast.agent.email)) == 1
    client.post(path, data={"act": "resume"})
    for days in (8, 14):
        look(drain, at=DUE + timedelta(days=days, minutes=1))
    assert len(outbox(to=cast.agent.email)) == 2
    assert client.post(path, data={"act": "end"}).status_code == 303
    assert client.get("/metrics/mails/stop/nonsense").status_code == 404


def test_who_may_not_see_it_stops_it_without_its_title(
    cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    report = saved(cast.lead, "Old title", shelf=Shelf.ALL)
    number = asked_for(report, cast.agent)
    path = "/" + stop_url(Stop(cast.agent.id, number)).split("/", 3)[3]
    assert "Old title" in client.get(path).text
    with unit_of_work():
        kept = report_or_404(report.id, cast.lead)
        question = kept.question
        keeping.change(
            kept, title="Secret", question=question, shelf=Shelf.OWN, team_id=None, by=cast.lead
        )
    page = client.get(path).text
    assert "these figures" in page
    assert "Secret" not in page
    answer = as_user(cast.agent).post(f"/metrics/mails/{number}", data={"act": "end"})
    assert (answer.status_code, answer.location) == (303, "/metrics/reports")


def test_figures_of_mail_page_and_command_are_the_same(
    app: Flask, cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    busy_desk(cast)
    report = saved(cast.agent, moving=Moving.WEEK, conditions=("tag=vip",), by=Key.TEAM)
    asked_for(report, cast.agent, every=Every.DAY)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
    look(drain, at=NOW)
    (mail,) = outbox(to=cast.agent.email)
    with time_machine.travel(NOW, tick=False):
        page = as_user(cast.agent).get(f"/metrics/reports/{report.id}/figures.json").get_json()
        (line,) = re.findall(r"flask metrics (report .*)", mail.text)
        done = run(app, *shlex.split(line), "--json")
    printed = json.loads(done.output)
    assert {id: printed["metrics"][id] for id in page["metrics"]} == page["metrics"]
    assert (printed["from"], printed["to"]) == (page["from"], page["to"])
    solved = page["metrics"]["ttr_full"]
    assert solved["n"]
    assert f"{solved['n']} tickets: " in mail.text
    assert "Solved in: not enough data" in mail.text
    assert "Solved in: From the" in mail.text
    assert "Billing" in mail.html
    assert "as of 20 March 2026, 08:00 UTC" in mail.text
