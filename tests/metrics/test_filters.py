"""Figures of a part of the desk: by what was said of a ticket when its case counts."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.accounts import organisations, teams
from app.accounts.user import User
from app.core.errors import InvalidInput
from app.core.uow import unit_of_work
from app.metrics.asking import where_asked
from app.metrics.day_span import DaySpan
from app.tickets import assigning, replying, resolving, triaging
from app.tickets.ticket import Priority, Ticket
from tests.metrics.desks import assert_pages_agree, happening
from tests.metrics.stories import at
from tests.metrics.test_commands import reported, run
from tests.support import make
from tests.support.cast import Cast

DAYS = (DaySpan(), DaySpan(date(2026, 3, 2), date(2026, 3, 4)), DaySpan(None, date(2026, 3, 3)))


@pytest.fixture
def team_id(cast: Cast) -> int:
    with unit_of_work():
        return teams.make_team(name="Billing", by=None).id


@pytest.fixture
def ticket(cast: Cast, team_id: int) -> Ticket:
    """Urgent and with billing when it was first solved, with nobody and tagged when it was at last."""
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-02T09:00:00Z"):
        triaging.change_team(ticket, to=team_id, by=cast.agent)
        triaging.change_priority(ticket, to=Priority.URGENT, by=cast.agent)
        assigning.assign(ticket, to=cast.lead, by=cast.agent)
    with happening("2026-03-02T10:00:00Z"):
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    with happening("2026-03-03T08:00:00Z"):
        replying.reply(ticket, text="It stopped again.", by=cast.customer)
        triaging.change_team(ticket, to=None, by=cast.agent)
        triaging.set_tags(ticket, names=["printer"], by=cast.agent)
        assigning.assign(ticket, to=cast.agent, by=cast.lead)
    with happening("2026-03-03T12:00:00Z"):
        replying.reply(ticket, text="Take the new release.", by=cast.lead)
        resolving.resolve(ticket, by=cast.lead)
    return ticket


def counted(app: Flask, *conditions: str) -> set[str]:
    asked = [part for condition in conditions for part in ("--filter", condition)]
    metrics: dict[str, Any] = reported(app, "--as-of", "2026-03-04T00:00:00Z", *asked)["metrics"]
    some = ("frt", "ttr_first", "ttr_full", "nrt", "reassignments")
    return {id for id in some if metrics[id]["n"]}


def test_a_case_is_filtered_by_what_was_said_at_its_anchor(
    app: Flask, cast: Cast, ticket: Ticket
) -> None:
    assert counted(app, "team=Billing") == {"ttr_first"}
    assert counted(app, "team=none") == {"frt", "ttr_full", "nrt", "reassignments"}
    assert counted(app, "priority=urgent") == {"ttr_first", "ttr_full", "nrt", "reassignments"}
    assert counted(app, "tag=printer") == {"ttr_full", "reassignments", "nrt"}
    assert counted(app, "tag=printer", "team=Billing") == set()
    assert counted(app, "priority=urgent", "priority=normal") == counted(app)


def test_a_case_is_credited_to_who_replied_not_to_the_assignee(
    app: Flask, cast: Cast, ticket: Ticket
) -> None:
    assert counted(app, f"agent={cast.agent.email}") == {"frt", "ttr_first"}
    assert counted(app, f"agent={cast.lead.id}") == {"ttr_full", "nrt", "reassignments"}
    assert counted(app, f"assignee={cast.lead.id}") == {"ttr_first"}


def test_pages_filter_as_the_ledger_does(
    cast: Cast, ticket: Ticket, drain: Callable[[], int]
) -> None:
    make.ticket(cast.customer)
    drain()
    conditions = [
        {"team": "Billing"}, {"team": "none"}, {"priority": "urgent"}, {"tag": "printer"},
        {"tag": "none"}, {"agent": str(cast.lead.id)}, {"assignee": str(cast.agent.id)},
        {"priority": "urgent", "tag": "printer"}, {"channel": "web"}, {"tag": "unheard-of"},
    ]  # fmt: skip
    for days in DAYS:
        for condition in conditions:
            assert_pages_agree(days, **condition)
        assert_pages_agree(days)


def test_the_organisation_is_that_of_the_day_on_which_the_ticket_came(
    app: Flask, cast: Cast, customer_of_acme: User
) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        make.ticket(customer_of_acme)
    with unit_of_work():
        organisations.leave(customer_of_acme, by=None)
    made = reported(app, "--filter", "organisation=Acme")["metrics"]
    assert (made["frt"]["waiting"], made["backlog"]["value"]) == (1, 1)


@pytest.fixture
def customer_of_acme(cast: Cast) -> User:
    with unit_of_work():
        acme = organisations.make_organisation(name="Acme", by=None)
        organisations.join(cast.customer, acme, by=None)
    return cast.customer


@pytest.mark.parametrize(
    "condition", ["mood=good", "team", "team=", "agent=nobody@example.org", "organisation=Nowhere"]
)
def test_a_condition_that_means_nothing_is_refused(cast: Cast, condition: str) -> None:
    with pytest.raises(InvalidInput):
        where_asked([condition])


def test_the_report_says_what_it_was_filtered_by(app: Flask, cast: Cast, ticket: Ticket) -> None:
    made = reported(app, "--filter", "tag=printer", "--filter", "priority=urgent")
    assert made["filters"] == {"priority": ["urgent"], "tag": ["printer"]}
    assert run(app, "report", "--filter", "mood=good").exit_code == 2


def test_by_month_a_part_of_the_desk(app: Flask, cast: Cast, ticket: Ticket) -> None:
    as_of = ("--monthly", "--as-of", "2026-03-02T23:00:00Z")
    [march] = reported(app, *as_of, "--filter", "team=Billing")["monthly"]
    assert march == {"month": "2026-03", "created": 0, "resolved": 1, "reopened": 0, "backlog": 0}


def test_a_month_in_which_a_part_only_took_over_a_ticket_is_told(
    app: Flask, cast: Cast, team_id: int
) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-04-02T09:00:00Z"):
        triaging.change_team(ticket, to=team_id, by=cast.agent)
    as_of = ("--monthly", "--as-of", "2026-06-02T23:00:00Z")
    told = reported(app, *as_of, "--filter", "team=Billing")["monthly"]
    assert [(row["month"], row["backlog"]) for row in told] == [("2026-03", 0), ("2026-04", 1)]


def test_by_month_a_solution_is_credited_to_who_replied(
    app: Flask, cast: Cast, ticket: Ticket
) -> None:
    def resolved(person: User) -> int:
        asked = ("--monthly", "--as-of", "2026-03-02T23:00:00Z", "--filter", f"agent={person.id}")
        told = reported(app, *asked)
        counted = sum(month["resolved"] for month in told["monthly"])
        assert told["metrics"]["ttr_first"]["n"] == counted
        return counted

    assert (resolved(cast.agent), resolved(cast.lead)) == (1, 0)


def test_figures_of_one_person_are_hidden_below_five_cases(
    app: Flask, cast: Cast, ticket: Ticket
) -> None:
    groups = reported(app, "--by", "agent")["groups"]
    rows = {row["value"]: row["metrics"] for row in groups["rows"]}
    assert rows[cast.agent.id]["frt"] == {"value": None, "n": 1, "unit": "s", "hidden": True}
    by_team = {r["value"]: r["metrics"] for r in reported(app, "--by", "team")["groups"]["rows"]}
    assert set(by_team) >= {None}
    assert [m["ttr_first"]["n"] for team, m in by_team.items() if team is not None] == [1]


def test_the_tickets_behind_a_figure_row_by_row(app: Flask, cast: Cast, ticket: Ticket) -> None:
    as_of = ("--as-of", "2026-03-04T00:00:00Z")
    lines = run(app, "tickets", "ttr_full", *as_of).output.splitlines()
    assert lines[0].startswith("ticket,list,at,value,agent,team,assignee,priority")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        [str(ticket.id), "counted", "2026-03-03T12:00:00Z", "100800"],
        [str(ticket.id), "provisional", "2026-03-03T12:00:00Z", "100800"],
    ]
    [turn] = run(app, "tickets", "nrt", "--json", *as_of).output.splitlines()
    assert json.loads(turn)["tags"] == "printer"


def test_figures_for_a_spreadsheet(app: Flask, cast: Cast, ticket: Ticket) -> None:
    lines = run(app, "report", "--csv").output.splitlines()
    frt = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (frt["id"], frt["value"], frt["n"], frt["definition"]) == ("frt", "7200", "1", "1")
