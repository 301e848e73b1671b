"""`flask metrics …`."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import update

from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.reports.report_table import MONTHLY_TITLES
from app.tickets.history import TicketEvent
from app.worktime.calendars import change_hours
from tests.metrics.desks import example_a
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast

IDS = [
    "frt", "ttr_first", "ttr_full", "fcr", "one_touch", "reopen_rate", "csat", "backlog", "nrt",
    "agent_time", "requester_wait", "open_age", "lifetime", "reassignments", "replies", "response_rate",
    *(f"{id}_business" for id in ("frt", "nrt", "ttr_first", "ttr_full", "agent_time", "requester_wait")),
]  # fmt: skip


def run(app: Flask, *arguments: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["metrics", *arguments])


def reported(app: Flask, *arguments: str) -> dict[str, Any]:
    done = run(app, "report", "--json", *arguments)
    assert done.exit_code == 0, done.output
    printed: dict[str, Any] = json.loads(done.output)
    return printed


def test_the_report_has_every_figure_in_the_agreed_shape(app: Flask, cast: Cast) -> None:
    example_a(cast)
    printed = reported(app)
    assert list(printed["metrics"]) == IDS
    for figure in printed["metrics"].values():
        assert {"value", "n", "unit", "excluded"} <= figure.keys()
    for name in ("frt", "ttr_first", "ttr_full"):
        assert {"median", "p90", "mean"} <= printed["metrics"][name].keys()
    for name in ("fcr", "one_touch", "reopen_rate", "csat"):
        assert {"low", "high"} <= printed["metrics"][name].keys()


def test_the_report_needs_no_cache(app: Flask, cast: Cast) -> None:
    example_a(cast)
    metrics = reported(app)["metrics"]
    assert (metrics["frt"]["mean"], metrics["ttr_full"]["value"]) == (9000, 280800)


def test_the_period_is_cut_by_days_and_its_end_is_not_in_it(app: Flask, cast: Cast) -> None:
    example_a(cast)
    days = reported(app, "--from", "2026-03-03", "--to", "2026-03-05")
    assert (days["from"], days["to"]) == ("2026-03-03T00:00:00Z", "2026-03-05T00:00:00Z")
    found = {name: days["metrics"][name]["n"] for name in ("frt", "ttr_first", "ttr_full")}
    assert found == {"frt": 0, "ttr_first": 1, "ttr_full": 0}


def test_a_report_of_then_is_printed_again_to_the_byte(app: Flask, cast: Cast) -> None:
    as_of = ("report", "--json", "--as-of", "2026-03-04T00:00:00Z")
    example_a(cast)
    first = run(app, *as_of).output
    assert json.loads(first)["metrics"]["ttr_full"]["provisional"] == 1
    assert run(app, *as_of).output == first
    assert json.loads(first)["as_of"] == "2026-03-04T00:00:00Z"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "yesterday"), "yesterday"),
        (("--to", "2026-13-01"), "2026-13-01"),
        (("--as-of", "noon"), "noon"),
        (("--from", "0001-01-01"), "0001-01-01"),
        (("--as-of", "9999-12-31T23:59:59Z"), "9999-12-31"),
        (("--from", "2026-03-02", "--to", "2026-03-02"), "must be a day after --from"),
    ],
)
def test_bad_dates_are_refused_with_a_reason(
    app: Flask, arguments: tuple[str, ...], said: str
) -> None:
    done = run(app, "report", "--json", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def table(app: Flask, *arguments: str) -> dict[str, list[str]]:
    """The printed table: for each figure, its cells."""
    done = run(app, "report", *arguments)
    assert done.exit_code == 0, done.output
    rows = [re.split(r"  +", line) for line in done.output.splitlines()]
    return {name: cells for name, *cells in rows if len(cells) == 5}


def test_without_json_the_report_is_a_table_in_words(app: Flask, cast: Cast) -> None:
    example_a(cast)
    rows = table(app)
    assert rows.pop("Figure") == ["Value", "95% interval", "9 in 10 within", "n", "Left out"]
    assert list(rows) == [CATALOGUE[id].name for id in IDS]
    assert rows["First reply"] == ["2h 30m", "–", "2h 30m", "1", "0"]
    assert rows["Solved in"] == ["3d 6h", "–", "3d 6h", "1", "0"]
    assert rows["Solved at first contact"] == ["0.0%", "0.0% to 79.3%", "–", "1", "0"]
    assert rows["Backlog"] == ["0", "–", "–", "0", "0"]


def test_the_table_says_what_it_is_about_and_why_cases_were_left_out(
    app: Flask, cast: Cast
) -> None:
    example_a(cast)
    as_of = ("--as-of", "2026-03-05T15:00:00Z")
    said = run(app, "report", "--from", "2026-03-02", "--to", "2026-04-01", *as_of).output
    assert said.startswith(
        "From 2 March 2026, 00:00 UTC until 1 April 2026, 00:00 UTC, as of 5 March 2026, 15:00 UTC"
    )
    assert "Left out of Solved at first contact: 1 not settled yet" in said
    assert run(app, "report").output.startswith("Everything, as of ")


def test_by_month_the_report_ends_with_the_last_month_in_which_anything_happened(
    app: Flask, cast: Cast
) -> None:
    example_a(cast)
    with time_machine.travel(at("2026-05-31T23:30:00Z"), tick=False):
        make.ticket(cast.customer)
    rows = reported(app, "--monthly", "--as-of", "2026-07-10T00:00:00Z")["monthly"]
    march, april, may = ({"month": f"2026-0{n}", "reopened": 0} for n in (3, 4, 5))
    assert rows == [
        {**march, "created": 1, "resolved": 1, "reopened": 1, "backlog": 0},
        {**april, "created": 0, "resolved": 0, "backlog": 0},
        {**may, "created": 1, "resolved": 0, "backlog": 1},
    ]
    assert [row["month"] for row in reported(app, "--monthly", *SPRING)["monthly"]] == [
        "2026-03", "2026-04",
    ]  # fmt: skip


SPRING = ("--from", "2026-03-01", "--to", "2026-05-01")


def test_by_month_the_table_has_a_row_a_month_and_an_empty_desk_has_none(
    app: Flask, cast: Cast
) -> None:
    assert reported(app, "--monthly")["monthly"] == []
    example_a(cast)
    said = run(app, "report", "--monthly").output.splitlines()
    assert re.split(r"  +", said[-2]) == [*MONTHLY_TITLES]
    assert re.split(r"  +", said[-1]) == ["2026-03", "1", "1", "1", "0"]
    assert "monthly" not in reported(app)


def test_nothing_is_told_of_the_future(app: Flask, cast: Cast) -> None:
    done = run(app, "report", "--json", "--as-of", f"{clock.now() + timedelta(minutes=1)}")
    assert done.exit_code == 2
    assert "--as-of" in done.stderr
    assert "is in the future" in done.stderr


def test_verify_tells_a_true_cache_from_a_false_one(
    app: Flask, cast: Cast, drain: Callable[[], int]
) -> None:
    ticket = example_a(cast)
    assert run(app, "verify").exit_code == 1
    drain()
    assert run(app, "verify").exit_code == 0
    with unit_of_work():
        begin_writing()
        db.session.execute(update(MetricTicket).values(summary=[]))
    done = run(app, "verify")
    assert (done.exit_code, f"Ticket {ticket.id}:" in done.output) == (1, True)


def test_rebuild_makes_the_cache_anew(app: Flask, cast: Cast) -> None:
    example_a(cast)
    assert run(app, "rebuild").exit_code == 0
    assert run(app, "verify").exit_code == 0


def test_a_report_leaves_no_trace(app: Flask, cast: Cast) -> None:
    example_a(cast)
    facts = db.session.query(TicketEvent).count()
    reported(app)
    assert db.session.query(TicketEvent).count() == facts


def test_hours_that_change_later_do_not_change_what_was_printed(app: Flask, cast: Cast) -> None:
    as_of = ("report", "--json", "--as-of", "2026-03-04T00:00:00Z")
    example_a(cast)
    first = run(app, *as_of).output
    with unit_of_work():
        change_hours(
            effective_from=date(2999, 1, 1), zone="UTC", week=(((600, 660),),) * 7, by_id=None
        )
    assert run(app, *as_of).output == first


def test_a_filter_by_person_hides_figures_of_few_cases(app: Flask, cast: Cast) -> None:
    example_a(cast)
    asked = ("--filter", f"agent={cast.agent.email}")
    assert reported(app, *asked)["metrics"]["frt"] == {
        "value": None, "n": 1, "unit": "s", "hidden": True,
    }  # fmt: skip
    assert table(app, *asked)["First reply"][0] == "hidden"
    assert run(app, "report", "--csv", *asked).exit_code == 0


def test_by_person_few_cases_are_hidden_also_of_everything(app: Flask, cast: Cast) -> None:
    ticket = example_a(cast)
    made = reported(app, "--by", "agent")
    assert made["metrics"]["frt"] == {"value": None, "n": 1, "unit": "s", "hidden": True}
    assert made["metrics"]["backlog"]["value"] == 0
    said = run(app, "report", "--by", "agent").output
    assert "hidden: fewer than five cases would tell too much about one person" in said
    assert reported(app, "--by", "team")["metrics"]["frt"]["value"] == 9000
    assert "hidden" not in run(app, "report").output
    assert f"\n{ticket.id},counted," in run(app, "tickets", "frt").output
