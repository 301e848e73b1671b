"""What is hidden of one person is not told by the figures beside it either."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.accounts.permissions import Role
from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.filtering import Key
from app.metrics.reports.hiding import FEWEST, Figure, guarded, hidden
from app.metrics.saved import telling
from app.metrics.saved.panels import made_of
from app.metrics.saved.spans import Moving
from app.tickets import replying, resolving
from tests.metrics.desks import happening, level_the_cache
from tests.metrics.saved.desks import saved
from tests.metrics.saved.test_saved_reports import rows_of
from tests.metrics.stories import at
from tests.metrics.test_commands import reported
from tests.support import make
from tests.support.cast import Cast, person
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]
NOW = at("2026-03-20T08:00:00Z")


def told(*cases: int, unit: str = "s", nobody: int | None = None) -> dict[int | None, int]:
    """Of people with so many cases each, and of nobody: who is hidden, with how many."""
    rows: dict[int | None, dict[str, Figure]] = {}
    counts: dict[int | None, int] = {**dict(enumerate(cases))}
    if nobody is not None:
        counts[None] = nobody
    for who, n in counts.items():
        figure = {"value": n, "n": n, "unit": unit, "oldest": 60 if n else None, "excluded": {}}
        rows[who] = {"frt": hidden(figure) if n < FEWEST else figure}
    made = {who: figures["frt"] for who, figures in guarded(rows, by=Key.AGENT).items()}
    return {who: each["n"] for who, each in made.items() if each.get("oldest") is None}


@pytest.mark.parametrize("unit", ["s", "tickets"])
@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ((3, 9, 6, 20), {0: 3, 2: 6}),
        ((3, 2, 6, 20), {0: 3, 1: 2}),
        ((1, 1, 6, 20), {0: 1, 1: 1, 2: 6}),
        ((4, 6, 6), {0: 4, 1: 6}),
        ((3, 20), {0: 3, 1: 20}),
    ],
)
def test_one_that_is_hidden_takes_the_next_smallest_with_it(
    cases: tuple[int, ...], expected: dict[int, int], unit: str
) -> None:
    assert told(*cases, unit=unit) == expected


def test_nothing_is_hidden_for_the_sake_of_none() -> None:
    assert told(5, 9) == {}
    assert told(0, 9) == {0: 0}


def test_nobody_is_no_person() -> None:
    assert told(6, 9, nobody=1) == {None: 1}
    assert told(3, 9, nobody=6) == {0: 3, 1: 9}
    assert told(3, nobody=20) == {0: 3, None: 20}
    rows = {None: {"frt": hidden({"n": 2, "unit": "s"})}, 7: {"frt": {"n": 9, "unit": "s"}}}
    assert "hidden" in guarded(rows, by=Key.TEAM)[7]["frt"]


def test_a_hidden_number_of_tickets_is_told_without_its_age() -> None:
    figure = {"value": 7, "n": 7, "unit": "tickets", "oldest": 60, "excluded": {}}
    assert hidden(figure) == {**figure, "oldest": None}


@pytest.fixture
def desk(cast: Cast) -> dict[str, User]:
    """Ada solved 3 tickets, Zoe 6, the agent 8; each reply took as many hours as tickets before it."""
    with unit_of_work():
        zoe = person("Zoe Agent", Role.AGENT)
    number = 0
    for who, count in ((cast.lead, 3), (zoe, 6), (cast.agent, 8)):
        for _ in range(count):
            number += 1
            with time_machine.travel(at("2026-03-02T00:00:00Z"), tick=False):
                ticket = make.ticket(cast.customer)
            with happening(f"2026-03-02T{number:02}:00:00Z"):
                replying.reply(ticket, text="Start the worker.", by=who)
                resolving.resolve(ticket, by=who)
    return {"few": cast.lead, "next": zoe, "most": cast.agent}


def test_page_report_file_and_command_hide_the_same(
    app: Flask, cast: Cast, as_user: AsUser, desk: dict[str, User]
) -> None:
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        report = saved(cast.agent, by=Key.AGENT, moving=Moving.ALL, ids=("frt", "backlog"))
        browser, address = as_user(cast.agent), f"/metrics/reports/{report.id}"
        page = browser.get(address).text
        files = browser.get(f"{address}/figures.json").get_json()["groups"]["rows"]
        lines = browser.get(f"{address}/figures.csv").text.splitlines()
        seen = browser.get("/metrics?last=all&by=agent").text.split('id="sides-head"')[1]
        printed = reported(app, "--by", "agent")["groups"]["rows"]
        mailed = {item.title: item.note for item in telling.told(report, made_of(report)).groups}
        tickets = {
            key: browser.get(f"{address}/tickets?metric=frt&row={who.id}").text
            for key, who in desk.items()
        }

    def frt_of(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
        return {row["value"]: row["metrics"]["frt"] for row in rows if "frt" in row["metrics"]}

    told, made = frt_of(printed), frt_of(files)
    assert {id: each["value"] for id, each in told.items()} == {
        desk["few"].id: None, desk["next"].id: None, desk["most"].id: 13 * 3600,
    }  # fmt: skip
    assert told[desk["next"].id] == {"value": None, "n": 6, "unit": "s", "hidden": True}
    assert {id: made[id]["value"] for id in told} == {
        id: each["value"] for id, each in told.items()
    }
    (line,) = [line for line in lines if "Zoe Agent,frt," in line]
    assert line.endswith("First reply,,s,,6,,,,,,,,,")
    said = {row.split()[0]: row for row in rows_of(page, "Person")}
    assert "6 tickets: a smaller row could be worked out" in said["Zoe"]
    assert "3 tickets: hidden below 5" in said["Ada"]
    assert "the next smallest with it" in page
    assert (
        "First reply hidden (6 tickets: a smaller row could be worked out)" in mailed["Zoe Agent"]
    )
    (side,) = [row for row in rows_of(seen, "Has now") if row.startswith("Zoe")]
    assert side.startswith("Zoe Agent hidden, of 6 hidden, of 6 ")
    assert "Not shown" in tickets["few"] and "Not shown" in tickets["next"]
    assert "Status now" in tickets["most"]


def test_on_the_page_few_cases_are_hidden_beside_people(cast: Cast, as_user: AsUser) -> None:
    with time_machine.travel(at("2026-03-02T00:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-02T05:00:00Z"):
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
    with time_machine.travel(NOW, tick=False):
        level_the_cache()
        browser = as_user(cast.agent)
        for by, value, words in (
            ("agent", None, "Hidden: fewer than five cases"),
            ("team", 5 * 3600, "1 ticket: 5h"),
        ):
            asked = f"last=all&by={by}"
            assert words in browser.get(f"/metrics?{asked}").text
            (row,) = browser.get(f"/metrics/frt/tickets.json?{asked}").get_json()
            assert row["value"] == value
