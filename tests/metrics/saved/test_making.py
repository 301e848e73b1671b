"""What a saved report says is what the ledger says."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.settings import settings
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Hours
from app.metrics.filtering import Key
from app.metrics.histories import ledger
from app.metrics.reports.report import report
from app.metrics.saved import files
from app.metrics.saved.evidence import part_of, sample
from app.metrics.saved.making import Made, make
from app.metrics.saved.question import FIGURES, Question, Wanted, meant
from app.metrics.saved.wording import step_words
from app.worktime.calendars import calendars
from tests.support.cast import Cast
from tests.support.queries import counted

SPANS = (
    DaySpan(),
    DaySpan(date(2026, 3, 3), date(2026, 3, 12)),
    DaySpan(date(2026, 3, 9), date(2026, 3, 21)),
)
CONDITIONS: tuple[tuple[str, ...], ...] = (
    (), ("tag=vip",), ("team=Billing", "team=none"), ("priority=normal", "tag=printer"),
)  # fmt: skip


def wanted(**given: Any) -> Wanted:
    asked = {"moving": None, "ids": tuple(FIGURES)} | given
    return meant(Question(**asked), today=clock.today(settings().zone))


def replayed(made: Made, days: DaySpan) -> dict[str, Any]:
    """The report of the ledger itself."""
    zone, where, by = settings().zone, made.wanted.asked.where, made.wanted.by
    reading = Reading(days.period(zone=zone), made.as_of, calendars(as_of=made.as_of))
    key = by if isinstance(by, Key) else None
    tickets = ledger.all_summaries(as_of=made.as_of)
    return report(tickets, by=reading, zone=zone, where=where, group_by=key)


def plain(figures: Any, *, survival: bool = True) -> dict[str, Any]:
    """Without what groups do not tell, and without figures of nothing."""
    return {
        id: {k: v for k, v in figure.items() if survival or k != "km_median"}
        for id, figure in figures.items()
        if figure["n"] or figure.get("excluded") or figure.get("waiting")
    }


def test_all_cases_together_are_those_of_the_ledger(desk: Cast) -> None:
    for days, hours, conditions in product(SPANS, Hours, CONDITIONS):
        made = make(wanted(days=days, conditions=conditions, hours=hours))
        found = replayed(made, days)["metrics"]
        assert made.whole.figures == {id: found[id] for id in made.whole.figures}


def test_groups_are_those_of_the_ledger(desk: Cast) -> None:
    for key in Key:
        for days, conditions in product(SPANS, CONDITIONS):
            made = make(wanted(days=days, conditions=conditions, by=key))
            rows = replayed(made, days)["groups"]["rows"]
            found = {group.value: plain(group.figures, survival=False) for group in made.groups}
            expected = {
                row["value"]: plain(
                    {id: row["metrics"][id] for id in FIGURES if id in row["metrics"]},
                    survival=False,
                )
                for row in rows
            }
            assert {v: f for v, f in found.items() if f} == {v: f for v, f in expected.items() if f}


def test_steps_are_spans_of_their_own(desk: Cast) -> None:
    for step, conditions in product(Step, CONDITIONS):
        made = make(wanted(days=DaySpan(date(2026, 3, 3), None), conditions=conditions, by=step))
        for group in made.groups:
            assert group.days
            found = replayed(made, group.days)["metrics"]
            assert plain(group.figures, survival=False) == plain(
                {id: found[id] for id in group.figures}, survival=False
            )


def test_the_days_before_are_compared(desk: Cast) -> None:
    made = make(wanted(days=SPANS[2]))
    before = DaySpan(date(2026, 2, 25), date(2026, 3, 9))
    assert made.wanted.before == before
    found = replayed(made, before)["metrics"]
    assert made.whole.earlier["frt"] == found["frt"]
    assert made.whole.earlier["backlog"] == found["backlog"]


def test_of_the_days_before_there_is_no_age_of_now(desk: Cast) -> None:
    made = make(wanted(days=SPANS[2], by=Key.TEAM))
    for each in (made.whole, *made.groups):
        assert "open_age" in each.figures
        assert "open_age" not in each.earlier


def test_files_say_how_many_groups_are_left_out(desk: Cast) -> None:
    made = make(wanted(by=Key.TAG, ids=("frt",)))
    *_, last = files.rows(replace(made, more=3))
    assert last == {"by": "tag", "group_name": "3 groups with fewer cases left out"}
    *_, last = files.rows(made)
    assert last["id"] == "frt"


def test_a_month_that_ends_midway_is_not_called_the_whole() -> None:
    def said(last_on: date) -> str:
        return step_words(Step.MONTH, DaySpan(date(2026, 2, 1), last_on + timedelta(days=1)))

    assert said(date(2026, 2, 28)) == "February 2026"
    assert said(date(2026, 2, 15)) == "1 Feb – 15 Feb 2026"


def test_people_with_few_cases_are_hidden(desk: Cast) -> None:
    made = make(wanted(by=Key.AGENT))
    figures = {group.value: group.figures["frt"] for group in made.groups}
    assert figures[desk.lead.id] == {"value": None, "n": 3, "unit": "s", "hidden": True}
    assert figures[desk.agent.id]["n"] == 7
    alone = make(wanted(conditions=(f"agent={desk.lead.id}",)))
    assert alone.whole.figures["frt"]["hidden"]


@pytest.mark.parametrize("by", [Key.AGENT, Key.ASSIGNEE])
def test_everything_is_hidden_where_it_is_little_of_people(desk: Cast, by: Key) -> None:
    short = DaySpan(date(2026, 3, 3), date(2026, 3, 5))
    made, open_to_all = make(wanted(days=short, by=by)), make(wanted(days=short, by=Key.TEAM))
    (metric,) = (each for each in made.wanted.metrics if each.id == "frt")
    assert 0 < open_to_all.whole.figures["frt"]["n"] < 5
    assert made.whole.figures["frt"]["hidden"]
    assert made.whole.earlier["frt"]["hidden"]
    assert sample(metric, part_of(made, "")) is None
    assert sample(metric, part_of(open_to_all, ""))
    assert "hidden" not in make(wanted(by=by)).whole.figures["frt"]


def test_figures_take_as_many_statements_whatever_is_asked(app: Flask, desk: Cast) -> None:
    def statements(days: DaySpan) -> int:
        with counted() as queries:
            make(wanted(days=days, by=Key.TAG, conditions=("team=Billing",)))
        return len(queries)

    assert statements(SPANS[1]) == statements(DaySpan(date(2026, 3, 3), date(2026, 3, 4)))


@pytest.mark.parametrize("by", [Key.AGENT, Key.ORGANISATION, Key.TAG, Step.WEEK])
def test_each_figure_of_a_row_has_its_tickets(desk: Cast, by: Key | Step) -> None:
    made = make(wanted(days=SPANS[1], by=by, conditions=("tag=vip", "tag=none")))
    for group, metric in product(made.groups, made.wanted.metrics):
        figure = group.figures.get(metric.id)
        if figure is None:
            continue
        found = sample(metric, part_of(made, group.key))
        if figure.get("hidden"):
            assert found is None
        else:
            assert found
            assert (len(found.values), {r: len(ids) for r, ids in found.excluded.items()}) == (
                figure["n"],
                figure["excluded"],
            )


def test_nothing_is_compared_with_days_before_there_was_a_desk(desk: Cast) -> None:
    first = make(wanted(days=DaySpan(date(2026, 3, 2), date(2026, 3, 4)))).whole
    later = make(wanted(days=DaySpan(date(2026, 3, 3), date(2026, 3, 5)))).whole
    assert not first.earlier
    assert later.earlier
