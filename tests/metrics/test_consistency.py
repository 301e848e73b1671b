"""The figures of random desks: a second implementation agrees, and the rules of METRICS.md hold."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metrics.caches.packing import pack, unpack
from app.metrics.definitions.exclusions import common
from app.metrics.figures import median_interval, nearest_rank, rate, whole_mean
from app.metrics.filtering import Key, values_of, where
from app.metrics.histories.gathering import summarise_together
from app.metrics.histories.summary import TicketSummary
from app.metrics.period import EVERYTHING, Period, days, weeks
from app.metrics.reports.figures_of import survival_of
from app.metrics.reports.flow import FlowCounter
from app.metrics.sample import Sample
from tests.metrics.naive.answers import (
    MARKS,
    SecondOpinion,
    interval,
    km_median,
    office_seconds,
    percentile,
    seconds,
)
from tests.metrics.naive.known import Known
from tests.metrics.random_desks import OPENING, Ledger, instants, ledgers
from tests.metrics.stories import at, measured, report

EXAMPLES = 130
"""Of each test: together more than 2,000 histories."""
END_OF_TIME = at("2027-12-31T00:00:00Z")
as_ofs = st.just(END_OF_TIME) | instants()
whole = st.just(Period(OPENING, END_OF_TIME))
periods = whole | st.tuples(instants(), instants()).map(sorted).map(lambda ends: Period(*ends))


def summaries(ledger: Ledger, as_of: datetime) -> list[TicketSummary]:
    return [*summarise_together(ledger, as_of=as_of)]


def opinion(ledger: Ledger, period: Period, as_of: datetime) -> SecondOpinion:
    assert period.start_at and period.end_at
    return SecondOpinion(ledger, period.start_at, period.end_at, as_of)


def counted(sample: Sample) -> list[tuple[int, Any]]:
    return sorted(zip(sample.ticket_ids, sample.values, strict=True))


def left_out(sample: Sample) -> list[tuple[int, Any]]:
    return sorted((number, str(why)) for why, ids in sample.excluded.items() for number in ids)


def agree(sample: Sample, theirs: Any) -> None:
    assert (counted(sample), left_out(sample)) == tuple(map(sorted, theirs))


@given(ledgers(), periods, as_ofs)
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_a_second_implementation_counts_the_same_tickets(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    ours = summaries(ledger, as_of)
    theirs = opinion(ledger, period, as_of)
    where: dict[str, Any] = {"period": period, "as_of": as_of}
    agree(measured("ttr_first", ours, **where), theirs.ttr(theirs.r1))
    agree(measured("ttr_full", ours, **where), theirs.ttr(theirs.rf))
    agree(measured("fcr", ours, **where), theirs.fcr(one_touch=False))
    agree(measured("one_touch", ours, **where), theirs.fcr(one_touch=True))
    agree(measured("reopen_rate", ours, **where), theirs.reopens())


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_counts_what_work_took(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    ours = summaries(ledger, as_of)
    theirs = opinion(ledger, period, as_of)
    where: dict[str, Any] = {"period": period, "as_of": as_of}
    agree(measured("replies", ours, **where), theirs.replies())
    agree(measured("reassignments", ours, **where), theirs.reassignments())
    agree(measured("response_rate", ours, **where), theirs.responses())
    agree(measured("open_age", ours, **where), theirs.open_age())
    for suffix, measure in (("", seconds), ("_business", office_seconds)):
        agree(measured(f"ttr_full{suffix}", ours, **where), theirs.ttr(theirs.rf, measure))
        agree(
            measured(f"agent_time{suffix}", ours, **where),
            theirs.time_in(("new", "open"), measure),
        )
        agree(
            measured(f"requester_wait{suffix}", ours, **where),
            theirs.time_in(("new", "open", "waiting_third"), measure),
        )


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_counts_those_who_wait_along(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    sample = measured("lifetime", summaries(ledger, as_of), period=period, as_of=as_of)
    solved, out, waiting = opinion(ledger, period, as_of).lifetime()
    agree(sample, (solved, out))
    ended, lost = [value for _, value in solved], [value for _, value in waiting]
    assert survival_of(sample).median == km_median(ended, lost)


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_takes_the_same_turns(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    ours, theirs = summaries(ledger, as_of), opinion(ledger, period, as_of)
    for suffix, measure in (("", seconds), ("_business", office_seconds)):
        sample = measured(f"nrt{suffix}", ours, period=period, as_of=as_of)
        answered, out, waiting = theirs.nrt(measure)
        agree(sample, (answered, out))
        assert sorted(sample.also["waiting"]) == sorted(waiting)


@given(ledgers(), as_ofs, st.sampled_from(["team", "assignee", "priority", "tag"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_knows_what_was_said_of_a_ticket_then(
    ledger: Ledger, as_of: datetime, key: str
) -> None:
    theirs = Known(ledger, as_of)
    for ticket in summaries(ledger, as_of):
        number = ticket.ticket_id
        for at_then in (ticket.t0, *(e.occurred_at for e in ledger[number])):
            said = theirs.said(number, key, at_then)
            ours = values_of(Key(key), ticket.fields_at(at_then), None)
            assert ours == (tuple(sorted(said)) or (None,) if key == "tag" else (said,))


@given(ledgers(), as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_time_in_states_adds_up_to_the_whole(ledger: Ledger, as_of: datetime) -> None:
    for ticket in summaries(ledger, as_of):
        if ticket.resolved_at:
            stays = [*ticket.stays(until=ticket.resolved_at)]
            for measure in (seconds, office_seconds):
                parts = sum(measure(start, end) for start, end, _ in stays)
                assert parts == measure(ticket.t0, ticket.resolved_at)


@given(ledgers(), periods, as_ofs, st.sampled_from(["team=Third", "tag=printer", "assignee=none"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_backlog_of_a_part_adds_up_as_well(
    ledger: Ledger, period: Period, as_of: datetime, condition: str
) -> None:
    key, value = condition.split("=")
    part = where({Key(key): frozenset([None if value == "none" else value])})
    made = report(summaries(ledger, as_of), period=period, as_of=as_of, where=part)
    assert made["backlog_identity"]["end"] == made["metrics"]["backlog"]["value"]
    made = report(summaries(ledger, as_of), period=period, as_of=as_of)
    assert made["backlog_identity"]["end"] == made["metrics"]["backlog"]["value"]


PARTS = [("team", "Third"), ("tag", "printer"), ("tag", None), ("assignee", None), ("assignee", 1)]


@given(ledgers(), periods, as_ofs, st.sampled_from(PARTS))
@settings(max_examples=2 * EXAMPLES, deadline=None)
def test_a_second_implementation_tells_what_came_into_a_part_and_left_it(
    ledger: Ledger, period: Period, as_of: datetime, said: tuple[str, Any]
) -> None:
    key, value = said
    part = where({Key(key): frozenset([value])})
    theirs = opinion(ledger, period, as_of)
    made = report(summaries(ledger, as_of), period=period, as_of=as_of, where=part)
    identity = made["backlog_identity"]
    end = min(theirs.end, as_of + timedelta.resolution)
    assert identity.pop("start") == len(theirs.part(theirs.start, key, value))
    assert identity.pop("end") == len(theirs.part(end, key, value))
    moves = [move for t in theirs.tickets() for move in theirs.moves(t, key, value)]
    names = [name for at_then, name in moves if theirs.start <= at_then < end]
    assert identity == {name: names.count(name) for name in identity}


@given(ledgers(), as_ofs, st.sampled_from(PARTS), st.sampled_from([days, weeks]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_sees_what_is_left_of_a_part_step_by_step(
    ledger: Ledger,
    as_of: datetime,
    said: tuple[str, Any],
    cut: Callable[..., Iterator[Period]],
) -> None:
    key, value = said
    steps = [*cut(OPENING.date(), date(2026, 3, 23), zone=UTC)]
    flow = FlowCounter(steps, as_of=as_of, where=where({Key(key): frozenset([value])}))
    for ticket in summaries(ledger, as_of):
        flow.see(ticket)
    for each in flow.flows:
        theirs = opinion(ledger, each.period, as_of)
        instant = min(theirs.end, as_of + timedelta.resolution)
        assert each.backlog == len(theirs.part(instant, key, value))


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_knows_who_still_waits(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    sample = measured("frt", summaries(ledger, as_of), period=period, as_of=as_of)
    answered, out, waiting = opinion(ledger, period, as_of).frt()
    agree(sample, (answered, out))
    assert sorted(sample.also["waiting"]) == sorted(waiting)


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_reads_the_same_ratings(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    sample = measured("csat", summaries(ledger, as_of), period=period, as_of=as_of)
    ratings, delivered = opinion(ledger, period, as_of).csat()
    assert (counted(sample), len(sample.also["delivered"])) == (sorted(ratings), delivered)


@given(ledgers(), instants(), as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_second_implementation_sees_the_same_desk(
    ledger: Ledger, end_at: datetime, as_of: datetime
) -> None:
    sample = measured("backlog", summaries(ledger, as_of), period=Period(None, end_at), as_of=as_of)
    instant = end_at if end_at <= as_of else as_of + timedelta.resolution
    on_desk, hidden = SecondOpinion(ledger, instant, instant, as_of).backlog(instant)
    assert sorted(sample.ticket_ids) == sorted(on_desk)
    assert left_out(sample) == sorted(hidden)


@given(ledgers(), as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_times_stand_in_their_order(ledger: Ledger, as_of: datetime) -> None:
    tickets = summaries(ledger, as_of)
    first, full, answers = (
        dict(counted(measured(counter, tickets, **everything(as_of))))
        for counter in ("ttr_first", "ttr_full", "frt")
    )
    for ticket in tickets:
        number = ticket.ticket_id
        assert number not in full or first[number] <= full[number]
        both = number in full and number in answers
        if both and ticket.replies[0].at <= ticket.resolutions[-1].at:
            assert answers[number] <= full[number]


def everything(as_of: datetime) -> dict[str, Any]:
    return {"period": EVERYTHING, "as_of": as_of}


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_one_touch_is_a_part_of_first_contact(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    tickets = summaries(ledger, as_of)
    wider = measured("fcr", tickets, period=period, as_of=as_of)
    narrower = measured("one_touch", tickets, period=period, as_of=as_of)
    assert sorted(narrower.ticket_ids) == sorted(wider.ticket_ids)
    first_contact = dict(counted(wider))
    assert all(first_contact[number] >= value for number, value in counted(narrower))


@given(ledgers(), instants(), instants())
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_backlog_changes_by_what_happened(
    ledger: Ledger, one: datetime, other: datetime
) -> None:
    start, end = sorted((one, other))
    tickets = summaries(ledger, END_OF_TIME)

    def on_desk(instant: datetime) -> int:
        period = Period(None, instant)
        return len(measured("backlog", tickets, period=period, as_of=END_OF_TIME).values)

    assert on_desk(end) == on_desk(start) + net_flow(ledger, start, end)


@given(ledgers(), as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_flow_of_weeks_is_what_each_week_counts_by_itself(
    ledger: Ledger, as_of: datetime
) -> None:
    tickets = summaries(ledger, as_of)
    some_weeks = [*weeks(OPENING.date(), date(2026, 4, 20), zone=UTC)]
    flow = FlowCounter(some_weeks, as_of=as_of)
    for ticket in tickets:
        flow.see(ticket)
    for each in flow.flows:
        where: dict[str, Any] = {"period": each.period, "as_of": as_of}
        solved = measured("ttr_first", tickets, **where)
        left = measured("backlog", tickets, **where)
        counted_in = [t for t in tickets if not common(t)]
        assert each.first_resolved == len(solved.values)
        assert each.backlog == len(left.values)
        assert each.created == sum(each.period.holds(t.created_at) for t in counted_in)
        assert each.reopened == sum(each.period.holds(r) for t in counted_in for r in t.reopens)


def net_flow(ledger: Ledger, start: datetime, end: datetime) -> int:
    """Created + reopened + unmarked + restored - resolved - spam - deleted, event by event."""
    net = 0
    for number in ledger:
        second = SecondOpinion(ledger, start, end, END_OF_TIME)
        status, marks, was_on_desk = None, set[str](), False
        for event in second.events(number):
            if event in second.changes(number) or event.kind == "ticket.created":
                status = event.payload.get("to_category", event.payload.get("status"))
            if event.kind in MARKS:
                mark, on = MARKS[event.kind]
                (marks.add if on else marks.discard)(mark)
            is_on_desk = status not in ("resolved", "closed") and not marks
            net += (is_on_desk - was_on_desk) * (start <= event.occurred_at < end)
            was_on_desk = is_on_desk
    return net


@given(ledgers(), periods, as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_same_as_of_gives_the_same_bytes(
    ledger: Ledger, period: Period, as_of: datetime
) -> None:
    first = json.dumps(report(summaries(ledger, as_of), period=period, as_of=as_of))
    unknown_yet = {number: [*reversed(events)] for number, events in reversed(ledger.items())}
    for events in unknown_yet.values():
        tomorrow = as_of + timedelta(seconds=1)
        events.append(events[0]._replace(seq=99, kind="spam.marked", recorded_at=tomorrow))
    again = json.dumps(report(summaries(unknown_yet, as_of), period=period, as_of=as_of))
    assert again == first


@given(ledgers(), as_ofs)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_summary_survives_packing(ledger: Ledger, as_of: datetime) -> None:
    for ticket in summaries(ledger, as_of):
        assert unpack(json.loads(json.dumps(pack(ticket)))) == ticket


@given(st.lists(st.integers(0, 10**7), min_size=1))
def test_percentiles_and_means_by_another_formula(values: list[int]) -> None:
    assert nearest_rank(sorted(values), percent=50) == percentile(values, 0.5)
    assert nearest_rank(sorted(values), percent=90) == percentile(values, 0.9)
    mean = whole_mean(sum(values), len(values))
    assert mean is not None
    assert abs(mean - sum(values) / len(values)) <= 0.5


@given(st.integers(1, 5000), st.data())
def test_intervals_by_another_formula(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    made = rate(hits, n)
    assert (made.low, made.high) == pytest.approx(interval(hits, n), abs=1e-9)
    assert made.low is not None and made.high is not None and made.value is not None
    assert 0 <= made.low <= made.value <= made.high <= 1


@given(st.integers(1, 300))
def test_the_interval_of_a_median_has_its_certainty_by_counting(n: int) -> None:
    bounds = median_interval(range(1, n + 1))
    if bounds is None:
        assert 1 - 2 / 2**n < 0.95
        return
    outside = 2 * sum(comb(n, rank) for rank in range(bounds[0]))
    assert outside / 2**n <= 0.05
    assert bounds[0] + bounds[1] == n + 1


@pytest.mark.parametrize(
    "of_nothing", [lambda: nearest_rank([], percent=50), lambda: whole_mean(0, 0)]
)
def test_a_figure_of_nothing_is_none(of_nothing: Callable[[], int | None]) -> None:
    assert of_nothing() is None
    assert rate(0, 0).value is None


def test_an_empty_desk_has_figures_of_nothing() -> None:
    metrics = report([], **everything(END_OF_TIME))["metrics"]
    assert {figure["n"] for figure in metrics.values()} == {0}
    assert [metrics[name]["value"] for name in ("frt", "fcr", "csat", "backlog")] == [None] * 3 + [
        0
    ]
