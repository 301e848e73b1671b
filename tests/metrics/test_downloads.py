"""Figures and cases as files: the same as on the page, for other programs."""

import csv
import html
import io
import re
from collections.abc import Callable

import pytest
import time_machine

from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.reports.tables import csv_lines
from app.tickets import triaging
from tests.metrics.desks import example_a, solved
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
FILES = ("figures.csv", "figures.json", "frt/tickets.csv", "frt/tickets.json")


def rows_of(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text))]


@pytest.mark.parametrize("file", FILES)
def test_only_who_may_read_figures_gets_files(
    cast: Cast, as_user: AsUser, client: FreshClient, file: str
) -> None:
    assert as_user(cast.lead).get(f"/metrics/{file}").status_code == 200
    assert as_user(cast.customer).get(f"/metrics/{file}").status_code == 403
    assert client.get(f"/metrics/{file}").status_code in (302, 303)


def test_figures_are_those_of_the_page(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    for hour in range(9, 15):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    drain()
    browser, asked = as_user(cast.agent), "from=2026-03-02&to=2026-03-09"
    figures = browser.get(f"/metrics/figures.json?{asked}").get_json()["metrics"]
    assert figures["frt"] | {"km_median": 0} == figures["frt"] | {
        "median": 3 * 3600,
        "km_median": 0,
    }
    rows = rows_of(browser.get(f"/metrics/figures.csv?{asked}").text)
    assert {row["id"]: row["n"] for row in rows}["frt"] == "6"


def test_a_case_says_when_it_counts_and_what_was_said_of_it(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket = example_a(cast)
    with time_machine.travel(at("2026-03-20T08:00:00Z")):
        drain()
        browser = as_user(cast.agent)
        (row,) = rows_of(browser.get("/metrics/frt/tickets.csv?last=all").text)
        (same,) = browser.get("/metrics/frt/tickets.json?last=all").get_json()
    assert (row["ticket"], row["list"], row["value"]) == (str(ticket.id), "counted", "9000")
    assert (same["at"], same["agent"]) == ("2026-03-02T08:00:00Z", cast.agent.id)


def test_filters_hold_in_files(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    tagged, _ = make.ticket(cast.customer), make.ticket(cast.customer)
    with unit_of_work():
        triaging.set_tags(tagged, names=["printer"], by=cast.agent)
    drain()
    rows = as_user(cast.agent).get("/metrics/backlog/tickets.json?tag=printer").get_json()
    assert [row["ticket"] for row in rows] == [tagged.id]


def test_a_text_that_looks_like_a_formula_is_only_a_text() -> None:
    assert "'=1+1" in [*csv_lines(("tags",), [{"tags": "=1+1"}])][1]


@pytest.mark.parametrize("asked", ["last=soon", "by=everything", "hours=night"])
def test_a_bad_wish_is_refused(cast: Cast, as_user: AsUser, asked: str) -> None:
    assert as_user(cast.agent).get(f"/metrics/figures.csv?{asked}").status_code == 422


def test_figures_name_filters_once_and_calendars(cast: Cast, as_user: AsUser) -> None:
    made = as_user(cast.agent).get("/metrics/figures.json?team=3").get_json()
    assert made["filters"] == {"team": [3]}
    assert made["calendars"] == {"default": ["1970-01-01"]}


def test_a_blank_tag_is_no_filter(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    assert browser.get("/metrics/figures.json?tag=%20").get_json()["filters"] == {}
    made = browser.get("/metrics/figures.json?tag=%20printer%20").get_json()
    assert made["filters"] == {"tag": ["printer"]}


def test_a_file_holds_what_its_page_lists_of_one_bar(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    for hour in range(9, 15):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    drain()
    browser = as_user(cast.agent)
    asked = "from=2026-03-02&to=2026-03-09&least=7200&below=10800"
    page = browser.get(f"/metrics/frt/tickets?{asked}").text
    assert "Counted here are only those from 2h on, below 3h" in page
    link = html.unescape(re.findall(r'href="([^"]+tickets\.csv[^"]*)"', page)[0])
    rows = rows_of(browser.get(link).text)
    assert [row["value"] for row in rows if row["list"] == "counted"] == ["7200"]
