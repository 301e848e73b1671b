"""The language of the inbox's box."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tickets.inbox.language import (
    HELP,
    USUAL_COLUMNS,
    Column,
    Condition,
    NotUnderstood,
    Operator,
    Search,
    Sort,
    Span,
    parse,
    with_option,
)

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def berlin(*day: int) -> datetime:
    return datetime(*day, tzinfo=BERLIN)  # type: ignore[misc,arg-type]


def read(text: str) -> Search:
    return parse(text, now=NOW, zone=BERLIN)


def asked(text: str) -> list[tuple[str, str, bool]]:
    return [(each.operator.value, each.value, each.negated) for each in read(text).conditions]


def test_conditions_words_and_sort_are_told_apart() -> None:
    search = read('status:open assignee:me -tag:spam printer "blank pages" sort:oldest')
    assert search.words == 'printer "blank pages"'
    assert search.sort is Sort.OLDEST
    assert asked('status:open assignee:"Ana Li" -tag:spam') == [
        ("status", "open", False), ("assignee", "Ana Li", False), ("tag", "spam", True),
    ]  # fmt: skip


def test_nothing_asks_for_everything() -> None:
    assert read("  ") == Search()


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("created:<7d", Span(NOW - timedelta(days=7), None)),
        ("created:>2w", Span(None, NOW - timedelta(days=14))),
        ("created:12h", Span(NOW - timedelta(hours=12), None)),
        ("created:2026-03-10", Span(berlin(2026, 3, 10), berlin(2026, 3, 11))),
        ("created:2025-12", Span(berlin(2025, 12, 1), berlin(2026, 1, 1))),
        ("created:>9999y", Span(None, NOW - timedelta(days=50 * 365))),
        ("created:<2026", Span(None, datetime(2026, 1, 1, tzinfo=BERLIN))),
        ("created:>2026-03-29", Span(datetime(2026, 3, 30, tzinfo=BERLIN), None)),
    ],
)  # fmt: skip
def test_times_are_ages_or_days_of_the_desk(text: str, span: Span) -> None:
    [condition] = read(text).conditions
    assert condition.span == span


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("status:opne", "status:opne", "takes new, open, waiting"),
        ("printer statsu:open", "statsu:open", "There is no “statsu:”"),
        ("tag:", "tag:", "Say what after “tag:”"),
        ('"blank pages', '"blank pages', "not closed"),
        ("created:soon", "created:soon", "takes an age such as <7d"),
        ("created:2026-02-30", "created:2026-02-30", "no such day"),
        ("created:>0001-01-01", "created:>0001-01-01", "no such day"),
        ("-printer", "-printer", "A minus works in front of a condition"),
        ("-sort:oldest", "-sort:oldest", "A sort has no minus"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(text: str, place: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(text)
    assert text[refused.value.start : refused.value.end] == place
    assert said in refused.value.message


def test_every_operator_is_explained_by_an_example_that_works() -> None:
    assert set(HELP) == set(Operator)
    for example, _ in HELP.values():
        read(example)


def test_too_much_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="300 characters"):
        read("x" * 301)
    with pytest.raises(NotUnderstood, match="12 conditions"):
        read(" ".join(f"tag:t{n}" for n in range(13)))


@given(st.text(max_size=120))
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        search = read(text)
    except NotUnderstood as fault:
        assert 0 <= fault.start <= fault.end <= len(text)
    else:
        assert all(isinstance(each, Condition) for each in search.conditions)


def test_another_sort_takes_the_place_of_the_one_before() -> None:
    said = 'sort:created tag:"a b" "sort:kept words"'
    assert with_option(said, Operator.SORT, "oldest") == 'tag:"a b" "sort:kept words" sort:oldest'


def test_columns_stand_in_their_usual_order() -> None:
    assert read("columns:updated,number").columns == (Column.NUMBER, Column.UPDATED)
    assert read("").columns == USUAL_COLUMNS
    for wrong in ("columns:colour", "-columns:team"):
        with pytest.raises(NotUnderstood, match="takes number, requester"):
            read(wrong)
