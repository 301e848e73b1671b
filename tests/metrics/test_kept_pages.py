"""What pages are read from, piece by piece."""

from array import array
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metrics.caches.ages import Ages
from app.metrics.caches.merged import Merged
from app.metrics.caches.page import Page, Row, teams_in, values_in

values = st.lists(st.integers(-5, 50) | st.integers(0, 10**8), max_size=300)
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def row(value: int, ticket_id: int) -> Row:
    return Row(value, ticket_id, 9, 1, 2, 3, 4, 5, 6, 7, 8, 0)


@given(st.lists(values, max_size=9), st.data())
@settings(max_examples=100, deadline=None)
def test_ranks_of_parts_are_ranks_of_the_whole(parts: list[list[int]], data: st.DataObject) -> None:
    merged = Merged([array("i", sorted(part)) for part in parts])
    whole = sorted(value for part in parts for value in part)
    assert (len(merged), [*merged]) == (len(whole), whole)
    for _ in range(5 if whole else 0):
        rank = data.draw(st.integers(0, len(whole) - 1))
        assert merged[rank] == whole[rank]
        assert merged.count_from(whole[rank]) == sum(v >= whole[rank] for v in whole)
    assert [merged[-1]] == whole[-1:] if whole else True


@given(st.lists(st.lists(st.integers(0, 86_399), max_size=20), max_size=9))
def test_ages_are_looked_up_without_being_made(days: list[list[int]]) -> None:
    began = [NOW - timedelta(days=len(days) - place, hours=12) for place in range(len(days))]
    kept = [(at, array("i", sorted(day))) for at, day in zip(began, days, strict=True)]
    ages = Ages(kept, as_of=NOW)
    whole = sorted(
        int((NOW - at).total_seconds()) - second
        for at, day in zip(began, days, strict=True)
        for second in day
    )
    assert [ages[rank] for rank in range(len(ages))] == whole == [*ages]
    assert ages.total == sum(whole)


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9))), st.sets(st.integers(1, 9)))
def test_a_page_is_packed_and_its_rows_replaced(
    cases: list[tuple[int, int]], gone: set[int]
) -> None:
    page = Page(row(value, ticket) for value, ticket in cases)
    packed = page.packed(by_team=True)
    assert Page.of(packed.numbers, packed.rest).rows == page.rows
    values = sorted(value for value, _ in cases)
    assert ([*values_in(packed.numbers)], packed.n, packed.total) == (
        values,
        len(values),
        sum(values),
    )
    assert page.says(packed, by_team=True)
    page.replace(gone, [row(7, 3)])
    kept = [row(value, ticket) for value, ticket in cases if ticket not in gone]
    assert page.rows == sorted([*kept, row(7, 3)])
    assert page.digest() == Page(reversed(page.rows)).digest()


@given(st.lists(st.tuples(st.integers(-9, 99), st.integers(0, 3))))
def test_a_page_has_the_values_of_each_team(cases: list[tuple[int, int]]) -> None:
    page = Page(row(value, 1)._replace(team=team) for value, team in cases)
    packed = page.packed(by_team=True)
    there = {team: [*values] for team, values in teams_in(packed.by_team)}
    teams = {team for _, team in cases}
    assert there == {t: sorted(value for value, team in cases if team == t) for t in teams}


@pytest.mark.parametrize("untrue", [{"n": 3}, {"total": 4}, {"by_team": b""}, {"numbers": b""}])
def test_a_page_knows_what_is_not_true_of_it(untrue: dict[str, Any]) -> None:
    page = Page([row(1, 1), row(4, 2)])
    packed = page.packed(by_team=True)._replace(**untrue)
    there = Page.of(packed.numbers, packed.rest)
    assert not there.says(packed, by_team=True) or there.rows != page.rows


def test_what_is_no_page_is_an_empty_one() -> None:
    assert Page.of(b"abc", b"not packed").rows == []
    assert Page([row(2**40, 1)]).rows == [row(2**31 - 1, 1)]
