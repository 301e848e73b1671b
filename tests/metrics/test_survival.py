"""The share of tickets that still wait: the estimate, its interval, and the curve on the page."""

from collections.abc import Callable
from itertools import pairwise
from math import isclose
from random import Random

import pytest
import time_machine

from app.accounts.user import User
from app.metrics.charts.survival import survival_chart
from app.metrics.kaplan_meier import survival
from app.metrics.picture.curve import FIRST, POINTS, curve
from tests.metrics.desks import level_the_cache, solved
from tests.metrics.stories import at
from tests.metrics.test_pages import seen, text_of
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]


def factor_by_factor(ends: list[int], lost: list[int], time: int) -> tuple[float, float]:
    """S(t) and Greenwood's sum as the books write them."""
    share, variance = 1.0, 0.0
    for each in sorted({end for end in ends if end <= time}):
        waiting = sum(end >= each for end in ends) + sum(loss >= each for loss in lost)
        ended = ends.count(each)
        share *= 1 - ended / waiting
        if waiting > ended:
            variance += ended / (waiting * (waiting - ended))
    return share, variance


@pytest.mark.parametrize("seed", range(20))
def test_the_estimate_is_the_product_of_the_books(seed: int) -> None:
    chance = Random(seed)
    ends = [chance.randint(0, 20) for _ in range(chance.randint(1, 30))]
    lost = [chance.randint(0, 20) for _ in range(chance.randint(0, 30))]
    found = survival(ends, lost)
    for time in range(22):
        share, _ = factor_by_factor(ends, lost, time)
        low, high = found.at(time).low, found.at(time).high
        assert isclose(found.at(time).share, share, abs_tol=1e-12)
        assert 0 <= low <= found.at(time).share <= high <= 1


def test_a_median_is_where_exactly_a_half_still_waits() -> None:
    ends, lost = [3, 5, 9, 9, 12, 14, 17, 19], [11, 11, 14, 15, 19, 21, 21, 30]
    assert survival(ends, lost).median == 17


def test_the_interval_is_that_of_worked_example_c() -> None:
    """S(3600) = 3/6: Greenwood's sum is 1/3 - 1/6, and with the logarithm's logarithm 0.111 to 0.804."""
    estimate = survival([600, 1200, 3600], [100_000, 200_000, 300_000]).at(3600)
    assert (estimate.share, estimate.waiting) == (0.5, 3)
    assert (round(estimate.low, 3), round(estimate.high, 3)) == (0.111, 0.804)


def test_nobody_is_left_at_the_end_and_before_the_first_end_all_are() -> None:
    found = survival([10, 20, 30, 40, 50], [])
    assert found.at(9) == (1, 1, 1, 5)
    assert found.at(50) == (0, 0, 0, 0)


def test_a_curve_has_no_more_points_than_a_screen_shows() -> None:
    drawn = curve(survival(range(100_000), [50_000] * 10), plain=50_000)
    assert drawn
    assert len(drawn.steps) <= POINTS + 1
    assert all(one.share >= next_.share for one, next_ in pairwise(drawn.steps))
    assert drawn.steps[-1].after_s == 99_999


def test_few_ends_make_no_curve() -> None:
    assert curve(survival([FIRST] * 4, [9]), plain=FIRST) is None


def test_the_chart_says_what_it_shows() -> None:
    drawn = curve(survival([3600] * 4 + [7200] * 2, [86_400] * 7), plain=3600)
    assert drawn
    chart = survival_chart(drawn)
    assert (
        "Less than half of the tickets that came in these days are solved so far."
        in chart.description
    )
    assert chart.censoring.startswith("7 tickets still open")
    assert [row.share for row in chart.rows][:3] == ["100%", "69%", "54%"]
    assert chart.rows[-1].words == "1d after they came, 54% are still unsolved"
    assert [mark.words for mark in chart.marks] == ["1h of those solved"]


def test_the_page_draws_both_medians_and_leads_to_the_tickets(cast: Cast, as_user: AsUser) -> None:
    for hour in range(9, 15):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        waiting = [make.ticket(cast.customer).id for _ in range(3)]
    with time_machine.travel(at("2026-03-08T08:00:00Z"), tick=False):
        level_the_cache()
        browser, asked = as_user(cast.agent), "from=2026-03-02&to=2026-03-09"
        page = seen(browser, f"/metrics?{asked}")
        listed = seen(browser, f"/metrics/lifetime/tickets?{asked}&list=waiting")
        slow = browser.get(f"/metrics/lifetime/tickets.json?{asked}&least=14400").get_json()
        business = text_of(seen(browser, f"/metrics?{asked}&hours=business"))
    words = text_of(page.split('id="survival-head"')[1].split("</section>")[0])
    assert "solved within 5h, when those that are still open count" in words
    assert "5h with those still open 3h of those solved" in words
    assert "Made of 6 solved tickets and 3 open ones" in words
    assert "/metrics/lifetime/tickets?" in page
    assert all(f'href="/tickets/{number}"' in listed for number in waiting)
    assert sorted(row["value"] for row in slow if row["list"] == "counted") == [14400, 18000, 21600]
    assert "Shown for all hours only" in business
