"""Two real help desk logs give the figures that others computed from them (data/history)."""

from collections.abc import Iterator
from datetime import UTC

import pytest

from app.metrics.day_span import DaySpan
from app.metrics.histories.gathering import summarise
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import EVERYTHING
from app.metrics.reports.monthly import monthly_counter, monthly_rows
from app.metrics.sample import Sample
from tests.metrics.history_files import expected, histories, rows_of
from tests.metrics.naive.answers import office_seconds, seconds
from tests.metrics.stories import at, measured, report

AS_OF = at("2026-03-02T00:00:00Z")
LOGS = ("helpdesk_siav", "bpi2013_problems")

pytestmark = pytest.mark.data


@pytest.fixture(scope="module", params=LOGS)
def log(request: pytest.FixtureRequest) -> Iterator[str]:
    name: str = request.param
    yield name


@pytest.fixture(scope="module")
def tickets(log: str) -> list[TicketSummary]:
    made = (summarise(events, as_of=AS_OF) for events in histories(log))
    return [summary for summary in made if summary]


def in_their_words(sample: Sample) -> dict[str, float]:
    ordered = sorted(sample.values)
    return {
        "n": len(ordered),
        "mean_s": round(sum(ordered) / len(ordered), 3),
        "p90_nearest_rank_s": ordered[-(-9 * len(ordered) // 10) - 1],
        "max_s": ordered[-1],
    }


def test_counts_of_tickets_resolutions_and_reopens(log: str, tickets: list[TicketSummary]) -> None:
    theirs = expected(log)
    assert len(tickets) == theirs["tickets"]
    assert sum(bool(t.resolutions) for t in tickets) == theirs["ever_resolved"]
    assert sum(t.resolved_at is not None for t in tickets) == theirs["resolved_at_end"]
    assert sum(bool(t.reopens) for t in tickets) == theirs["reopened_tickets"]
    assert sum(len(t.reopens) for t in tickets) == theirs["reopen_transitions"]


@pytest.mark.parametrize(
    ("metric", "theirs"),
    [
        ("ttr_first", "time_to_first_resolution"),
        ("ttr_full", "time_to_final_resolution"),
    ],
)
def test_times_to_resolution(
    log: str, tickets: list[TicketSummary], metric: str, theirs: str
) -> None:
    ours = in_their_words(measured(metric, tickets, period=EVERYTHING, as_of=AS_OF))
    assert ours == {key: expected(log)[theirs][key] for key in ours}


def test_the_report_rounds_to_whole_seconds(log: str, tickets: list[TicketSummary]) -> None:
    metrics = report(tickets, period=EVERYTHING, as_of=AS_OF)["metrics"]
    theirs = expected(log)["time_to_final_resolution"]
    assert metrics["ttr_full"]["mean"] == round(theirs["mean_s"])
    assert metrics["ttr_full"]["p90"] == theirs["p90_nearest_rank_s"]


def test_logs_without_messages_have_no_responses(log: str, tickets: list[TicketSummary]) -> None:
    metrics = report(tickets, period=EVERYTHING, as_of=AS_OF)["metrics"]
    done = expected(log)["resolved_at_end"]
    assert metrics["frt"]["excluded"] == {"closed_unanswered": done}
    assert metrics["frt"]["waiting"] == expected(log)["tickets"] - done
    assert metrics["fcr"]["excluded"] == metrics["one_touch"]["excluded"] == {"no_reply": done}
    assert metrics["ttr_full"]["without_reply"] == done
    assert metrics["backlog"]["value"] == expected(log)["tickets"] - done


def test_every_month(log: str, tickets: list[TicketSummary]) -> None:
    began_at = min(ticket.created_at for ticket in tickets)
    counter = monthly_counter(DaySpan(), began_at=began_at, as_of=AS_OF, zone=UTC)
    for ticket in tickets:
        counter.see(ticket)
    rows = monthly_rows(counter, days=DaySpan(), zone=UTC)
    assert [[*row.values()] for row in rows] == expected(log)["monthly"]


@pytest.mark.parametrize("hours", ["", "_business"])
def test_time_in_states_counted_straight_from_the_rows(
    log: str, tickets: list[TicketSummary], hours: str
) -> None:
    measure = office_seconds if hours else seconds
    whole, ours = [], []
    for rows in rows_of(log):
        status, since, began, spent, total = "", None, None, 0, None
        resolved = 0
        for when, value in rows:
            began = began or when
            if since and status in ("new", "open"):
                spent += measure(since, when)
            done, was_done = value in ("resolved", "closed"), status in ("resolved", "closed")
            if done and not was_done:
                total, resolved = (measure(began, when), spent), 1
            if not done:
                resolved = 0
            status, since = value, when
        if resolved and total:
            whole.append(total[0])
            ours.append(total[1])
    where = {"period": EVERYTHING, "as_of": AS_OF}
    assert sorted(measured(f"ttr_full{hours}", tickets, **where).values) == sorted(whole)
    assert sorted(measured(f"agent_time{hours}", tickets, **where).values) == sorted(ours)
