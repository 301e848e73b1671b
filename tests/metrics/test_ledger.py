"""Figures from the ledger that the real verbs wrote."""

from typing import Any

from flask import Flask

from app.core.uow import unit_of_work
from app.metrics.histories import ledger
from app.metrics.period import EVERYTHING
from app.tickets import replying
from tests.metrics.desks import example_a, happening, solved
from tests.metrics.stories import at, report
from tests.support import make
from tests.support.cast import Cast
from tests.support.queries import counted


def figures(as_of: str) -> dict[str, Any]:
    made = report(ledger.all_summaries(as_of=at(as_of)), period=EVERYTHING, as_of=at(as_of))
    metrics: dict[str, Any] = made["metrics"]
    return metrics


def test_example_a_played_through_the_desk_gives_its_figures(cast: Cast) -> None:
    example_a(cast)
    made = figures("2026-03-12T14:00:00Z")
    assert made["frt"]["median"] == 9000
    assert made["ttr_first"]["median"] == 97200
    assert made["ttr_full"]["median"] == 280800
    assert (made["reopen_rate"]["value"], made["reopen_rate"]["n"]) == (0.5, 2)
    assert (made["fcr"]["value"], made["one_touch"]["value"]) == (0.0, 0.0)


def test_a_report_as_of_then_does_not_know_what_came_later(cast: Cast) -> None:
    example_a(cast)
    before = figures("2026-03-04T00:00:00Z")
    assert (before["ttr_full"]["median"], before["ttr_full"]["provisional"]) == (97200, 1)
    assert figures("2026-03-02T07:59:59Z")["backlog"]["value"] == 0


def test_a_note_is_no_answer(cast: Cast) -> None:
    with happening("2026-03-02T08:00:00Z"):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-02T09:00:00Z"):
        replying.add_note(ticket, text="Who knows this?", by=cast.lead)
    assert figures("2026-03-03T00:00:00Z")["frt"]["waiting"] == 1


def test_what_staff_ask_is_internal(cast: Cast) -> None:
    with unit_of_work():
        make.ticket(cast.agent)
    assert figures("2100-01-01T00:00:00Z")["frt"]["excluded"] == {"internal": 1}


def test_the_number_of_statements_does_not_depend_on_the_number_of_tickets(
    app: Flask, cast: Cast
) -> None:
    def statements() -> int:
        with counted() as sent:
            figures("2026-12-31T00:00:00Z")
        return len(sent)

    solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")
    one = statements()
    for _ in range(5):
        solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")
    assert statements() == one
