"""Trends, spreads, arrivals and changes as geometry and words."""

from array import array
from datetime import UTC, date, datetime, timedelta

import pytest

from app.metrics.caches.reading import KeptSample
from app.metrics.charts.arrivals import arrivals_table, busiest
from app.metrics.charts.scale import BOTTOM, RIGHT, TOP
from app.metrics.charts.spread import spread
from app.metrics.charts.trend import TrendChart, trend_chart
from app.metrics.day_span import Step
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.period import weeks
from app.metrics.picture.comparing import change, difference
from app.metrics.picture.distribution import distribution
from app.metrics.picture.trends import trend
from app.metrics.reports.figures_of import figures

MONDAY = date(2026, 3, 2)
AS_OF = datetime(2026, 3, 30, tzinfo=UTC)
HOUR = 3600
TTR, FCR, BACKLOG = CATALOGUE["ttr_full"], CATALOGUE["fcr"], CATALOGUE["backlog"]


def kept(*weekly: list[int], metric: str = "ttr_full") -> KeptSample:
    sample = KeptSample(also=dict.fromkeys(CATALOGUE[metric].lists, range(0)))
    for index, values in enumerate(weekly):
        sample.by_day[MONDAY + timedelta(weeks=index)] = array("i", sorted(values))
    return sample


def drawn(*weekly: list[int], metric: str = "ttr_full") -> TrendChart | None:
    steps = [*weeks(MONDAY, MONDAY + timedelta(weeks=len(weekly)), zone=UTC)]
    sample = kept(*weekly, metric=metric)
    made = trend(CATALOGUE[metric], sample, steps=steps, as_of=AS_OF, zone=UTC)
    return trend_chart(made, step=Step.WEEK)


def test_a_step_without_enough_cases_is_a_gap_not_a_zero() -> None:
    chart = drawn([HOUR] * 6, [2 * HOUR] * 6, [HOUR] * 4, [4 * HOUR] * 6)
    assert chart
    assert len(chart.lines) == 1
    assert chart.lines[0].count(",") == 2
    assert [row.value for row in chart.rows] == ["1h", "2h", "not enough data", "4h"]
    assert chart.dots[2].y is None
    assert chart.dots[3].y == TOP
    assert "Not enough data in 1 of 4 steps." in chart.description


def test_the_part_that_may_still_change_is_hatched() -> None:
    chart = drawn(*[[HOUR] * 6] * 4)
    assert chart
    assert [row.note for row in chart.rows] == ["", "", "", "may still change"]
    assert chart.hatched == pytest.approx(RIGHT - 80, abs=0.2)


def test_shares_stand_on_an_axis_from_nothing_to_all() -> None:
    chart = drawn([1] * 6, [0] * 6, metric="fcr")
    assert chart
    assert [dot.y for dot in chart.dots] == [TOP, BOTTOM]
    assert [tick.label for tick in chart.ticks] == ["0%", "25%", "50%", "75%", "100%"]


@pytest.mark.parametrize("weekly", [[[HOUR] * 6], [[HOUR] * 6, [HOUR] * 4], [[], []]])
def test_one_point_is_no_trend(weekly: list[list[int]]) -> None:
    assert drawn(*weekly) is None


def test_every_case_lies_in_one_bar_and_the_median_in_the_marked_one() -> None:
    sample = kept([60, 10 * 60, HOUR, HOUR, 3 * HOUR, 40 * 86_400])
    chart = spread(TTR, distribution(sample), figures(TTR, sample))
    assert chart
    assert [(bar.words, bar.tickets) for bar in chart.bars if bar.tickets] == [
        ("under 15m", 2), ("1h to 2h", 2), ("2h to 4h", 1), ("28d or more", 1),
    ]  # fmt: skip
    assert [bar.words for bar in chart.bars if bar.is_middle] == ["1h to 2h"]
    assert chart.bars[-1].total == "100%"
    assert [mark.words for mark in chart.marks] == ["Median 1h", "9 in 10 within 40d"]


def test_a_few_tickets_are_no_spread() -> None:
    sample = kept([HOUR] * 4)
    assert spread(TTR, distribution(sample), figures(TTR, sample)) is None


def test_hours_are_darker_where_more_came() -> None:
    hours = [[0] * 24 for _ in range(7)]
    hours[0][9], hours[6][23] = 8, 1
    monday, *_, sunday = arrivals_table(hours)
    assert (monday.name, monday.total, monday.hours[9]) == ("Monday", 8, (8, 4))
    assert sunday.hours[23] == (1, 1)
    assert busiest(hours) == "Most come on Mondays between 9:00 and 10:00: 8."
    assert arrivals_table([[0] * 24 for _ in range(7)]) == []


def share(hits: int, n: int) -> dict[str, object]:
    sample = kept([1] * hits + [0] * (n - hits), metric="fcr")
    return figures(FCR, sample)


def test_the_interval_of_a_difference_is_newcombes() -> None:
    """Newcombe 1998, table II, case (a): 56/70 against 48/80, 0.0524 to 0.3339."""
    low, high = difference(share(56, 70), share(48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_better_is_only_said_where_it_is_sure() -> None:
    sure, unsure = (
        change(FCR, share(56, 70), share(48, 80)),
        change(FCR, share(6, 10), share(5, 10)),
    )
    assert sure and (sure.words, sure.tone) == ("20 points", "good")
    assert unsure and (unsure.words, unsure.tone) == ("No clear change", "")
    assert change(FCR, share(4, 4), share(48, 80)) is None


def test_faster_is_better_and_a_larger_backlog_is_not() -> None:
    now, then = (figures(TTR, kept([hours * HOUR] * 9)) for hours in (1, 3))
    faster = change(TTR, now, then)
    assert faster and (faster.words, faster.tone) == ("2h faster", "good")
    more = change(BACKLOG, {"value": 12}, {"value": 10})
    assert more and (more.words, more.tone) == ("2 more", "bad")


def test_a_trend_of_one_person_keeps_what_the_figure_less_the_others_would_tell() -> None:
    weekly = [1] * 6, [1, 1, 0], [0] * 7, [1] * 8
    steps = [*weeks(MONDAY, MONDAY + timedelta(weeks=4), zone=UTC)]
    sample = kept(*[[*values] for values in weekly], metric="fcr")
    made = trend(CATALOGUE["fcr"], sample, steps=steps, as_of=AS_OF, zone=UTC).discreet()
    # The second is of three cases, and the first the smallest beside it.
    assert [point.value for point in made.points] == [None, None, 0.0, 1.0]
    assert [point.n for point in made.points] == [6, 3, 7, 8]
