"""A saved report or a dashboard as it stood on a day is what the command prints of then."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.caches.going_back import ask_for, prepare
from app.metrics.day_span import DaySpan, Step
from app.metrics.filtering import Key
from app.metrics.saved.spans import Moving
from app.tickets import replying, resolving
from tests.metrics.desks import happening, level_the_cache
from tests.metrics.saved.desks import saved
from tests.metrics.saved.test_dashboards import board
from tests.metrics.saved.test_saved_reports import text_of
from tests.metrics.test_commands import reported
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]
THEN = date(2026, 3, 11)
FIXED = DaySpan(date(2026, 3, 4), date(2026, 3, 10))
LATER = DaySpan(date(2026, 3, 16), date(2026, 3, 20))
FIGURES = ("frt", "ttr_full", "fcr", "csat", "backlog", "open_age")


def work_out(day: date) -> None:
    with unit_of_work():
        then_id = ask_for(day)
    assert then_id
    prepare(then_id)


def without_survival(figures: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Groups do not tell medians by Kaplan and Meier."""
    return {
        id: {name: value for name, value in figure.items() if name != "km_median"}
        for id, figure in figures.items()
        if figure["n"]
    }


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"moving": Moving.ALL}, ()),
        ({"moving": Moving.LAST_7}, (date(2026, 3, 5), date(2026, 3, 12))),
        ({"moving": Moving.WEEK, "by": Key.TEAM}, (date(2026, 3, 2), date(2026, 3, 9))),
        ({"moving": Moving.THIS_MONTH, "by": Key.AGENT}, (date(2026, 3, 1), date(2026, 3, 12))),
        (
            {"moving": Moving.LAST_28, "by": Key.TAG, "conditions": ("priority=normal",)},
            (date(2026, 2, 12), date(2026, 3, 12)),
        ),
        ({"moving": None, "days": FIXED}, (FIXED.start_on, FIXED.end_on)),
        ({"moving": None, "days": LATER, "by": Key.TEAM}, (LATER.start_on, LATER.end_on)),
    ],
)
def test_a_report_of_then_is_what_the_command_prints_of_then(
    app: Flask, desk: Cast, as_user: AsUser, asked: dict[str, Any], days: tuple[date, ...]
) -> None:
    report = saved(desk.agent, **{"ids": FIGURES} | asked)
    browser, address = as_user(desk.agent), f"/metrics/reports/{report.id}/figures.json"
    work_out(THEN)
    options = [f"{each}" for pair in zip(("--from", "--to"), days, strict=False) for each in pair]
    for condition in report.question.conditions:
        options += ["--filter", condition]
    if report.question.by:
        options += ["--by", report.question.by.value]
    told = reported(app, "--as-of", f"{THEN}", *options)
    made = browser.get(f"{address}?as_of={THEN}").get_json()
    for key in ("as_of", "from", "to", "filters", "calendars"):
        assert made[key] == told[key], key
    assert made["metrics"] == {id: told["metrics"][id] for id in FIGURES}
    assert made["metrics"] != browser.get(address).get_json()["metrics"]
    if report.question.by:
        printed = {row["value"]: row["metrics"] for row in told["groups"]["rows"]}
        assert made["groups"]["rows"]
        for row in made["groups"]["rows"]:
            wanted = {id: each for id, each in printed[row["value"]].items() if id in FIGURES}
            assert without_survival(row["metrics"]) == without_survival(wanted)


def test_a_reader_asks_for_a_day_waits_and_sees_it(
    desk: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    report, day = saved(desk.agent, moving=Moving.LAST_7, by=Key.TAG), {"as_of": f"{THEN}"}
    browser, address = as_user(desk.agent), f"/metrics/reports/{report.id}"
    waiting = browser.get(address, query_string=day).text
    assert "have to be worked out first" in waiting
    assert f'action="{address}/reprints"' in waiting
    moved = browser.post(f"{address}/reprints", data=day)
    assert (moved.status_code, moved.location) == (303, f"{address}?as_of={THEN}")
    making = browser.get(moved.location).text
    assert "are being worked out" in making
    assert 'data-behavior="refresh"' in making and 'http-equiv="refresh"' in making
    for kind in ("csv", "json"):
        assert browser.get(f"{address}/figures.{kind}", query_string=day).status_code == 503
    listed = f"{address}/tickets?metric=ttr_full&row=vip"
    assert browser.get(f"{listed}&as_of={THEN}").location == f"{address}?as_of={THEN}"
    drain()
    page = browser.get(moved.location).text
    assert "As it stood on 11 March 2026" in page
    assert "5 March 2026 to 11 March 2026" in text_of(page)
    assert f'href="/metrics?last=7&amp;as_of={THEN}"' in page
    for part in ("/figures.csv?", "/tickets?metric=ttr_full&amp;row=vip&amp;list=counted&amp;"):
        assert f"{address}{part}as_of={THEN}" in page
    tickets = browser.get(f"{listed}&as_of={THEN}").text
    assert "As it stood on 11 March 2026" in tickets
    assert f'href="{address}?as_of={THEN}"' in tickets
    assert 'href="/tickets/12"' not in tickets  # it came later
    file = browser.get(f"{address}/figures.csv", query_string=day)
    assert f'filename="report-{report.id}-{THEN}.csv"' in file.headers["Content-Disposition"]


def test_what_happens_later_changes_nothing_of_then(desk: Cast, as_user: AsUser) -> None:
    report = saved(desk.agent, moving=Moving.ALL, by=Key.AGENT)
    browser = as_user(desk.agent)
    address = f"/metrics/reports/{report.id}/figures.json?as_of={THEN}"
    work_out(THEN)
    before = browser.get(address).data
    late = make.ticket(desk.customer)
    with happening("2026-03-20T09:00:00Z"):
        replying.reply(late, text="Start the worker.", by=desk.lead)
        resolving.resolve(late, by=desk.lead)
    level_the_cache()
    assert browser.get(address).data == before


@pytest.mark.parametrize("day", ["2026-03-20", "yesterday", "1492-10-12"])
def test_a_day_that_is_not_over_or_none_is_refused(desk: Cast, as_user: AsUser, day: str) -> None:
    report, browser = saved(desk.agent), as_user(desk.agent)
    number = board(desk.agent, [report.id])
    for address in (f"/metrics/reports/{report.id}", f"/metrics/dashboards/{number}"):
        answer = browser.get(f"{address}?as_of={day}")
        assert answer.status_code == 422
        assert "thing to look at" in answer.text
        assert browser.get(f"{address}/figures.csv?as_of={day}").status_code == 422
        assert browser.post(f"{address}/reprints", data={"as_of": day}).status_code == 422


def test_nobody_asks_for_a_day_of_what_they_may_not_see(desk: Cast, as_user: AsUser) -> None:
    report = saved(desk.agent)
    number, lead = board(desk.agent, [report.id]), as_user(desk.lead)
    for address in (f"/metrics/reports/{report.id}", f"/metrics/dashboards/{number}"):
        answer = lead.post(f"{address}/reprints", data={"as_of": f"{THEN}"})
        assert answer.status_code == 404


def test_a_dashboard_goes_back_with_all_that_is_on_it(
    desk: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    ids = [saved(desk.agent, name, moving=Moving.LAST_7).id for name in ("One", "Two")]
    browser, number = as_user(desk.agent), board(desk.agent, ids)
    address = f"/metrics/dashboards/{number}"
    assert "have to be worked out first" in browser.get(f"{address}?as_of={THEN}").text
    moved = browser.post(f"{address}/reprints", data={"as_of": f"{THEN}"})
    assert "are being worked out" in browser.get(moved.location).text
    assert browser.get(f"{address}/figures.csv?as_of={THEN}").status_code == 503
    drain()
    page = browser.get(moved.location).text
    assert page.count("as it stood at the end of") == 2
    for id in ids:
        assert f'href="/metrics/reports/{id}?as_of={THEN}"' in page
    panel = browser.get(f"{address}/{ids[0]}?as_of={THEN}").text
    assert "5 March 2026 to 11 March 2026" in text_of(panel)
    file = browser.get(f"{address}/figures.csv?as_of={THEN}")
    assert f'filename="mondays-{THEN}.csv"' in file.headers["Content-Disposition"]
    rows = [*csv.DictReader(io.StringIO(file.text))]
    assert {row["as_of"] for row in rows} == {"2026-03-12T00:00:00Z"}
    assert {(row["from"], row["to"]) for row in rows} == {
        ("2026-03-05T00:00:00Z", "2026-03-12T00:00:00Z")
    }


def test_before_the_first_ticket_there_was_none(desk: Cast, as_user: AsUser) -> None:
    report, browser = saved(desk.agent), as_user(desk.agent)
    work_out(date(2026, 2, 1))
    page = browser.get(f"/metrics/reports/{report.id}?as_of=2026-02-01").text
    assert "At the end of that day nothing was known of any ticket." in page


def test_days_that_were_still_to_come_hold_nothing(desk: Cast, as_user: AsUser) -> None:
    report, browser = saved(desk.agent, moving=None, days=LATER, by=Step.DAY), as_user(desk.agent)
    work_out(THEN)
    page = browser.get(f"/metrics/reports/{report.id}?as_of={THEN}").text
    assert "Nothing in this period." in page
