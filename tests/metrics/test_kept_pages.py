"""What pages are read from, piece by piece."""

from array import array
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.metrics.caches.ages import Ages
from app.metrics.caches.merged import Merged
from app.metrics.caches.page import Page, Row, values_in

values = st.lists(st.integers(-5, 50) | st.integers(0, 10**8), max_size=300)
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def row(value: int, ticket_id: int) -> Row:
    return Row(value, ticket_id, 9, 1, 2, 3, 4, 5, 6, 7, 8, 0)


@given(st.lists(values, max_size=9), st.data())
@settings(max_examples=100, deadline=None)
def test_ranks_of_parts_are_ranks_of_the_whole(parts: list[list[int]], data: st.DataObject) -> None:
    merged = Merged([array("i", sorted(part)) for part in parts])
    whole = sorted(value for part in parts for value in part)
    assert (len(merged), [*merged], merged.total) == (len(whole), whole, sum(whole))
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
    assert Page.of(*page.packed()).rows == page.rows
    assert [*values_in(page.packed()[0])] == sorted(value for value, _ in cases)
    page.replace(gone, [row(7, 3)])
    kept = [row(value, ticket) for value, ticket in cases if ticket not in gone]
    assert page.rows == sorted([*kept, row(7, 3)])
    assert page.digest() == Page(reversed(page.rows)).digest()


def test_what_is_no_page_is_an_empty_one() -> None:
    assert Page.of(b"abc", b"not packed").rows == []
    assert Page([row(2**40, 1)]).rows == [row(2**31 - 1, 1)]
