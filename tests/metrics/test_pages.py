"""The metrics page and the tickets behind its figures."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from app.accounts.user import User
from app.core import clock
from app.core.uow import unit_of_work
from app.metrics import jobs
from app.metrics.evidence import ROWS
from app.tickets import replying, resolving, triaging
from tests.metrics.desks import example_a, level_the_cache, solved
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def tile(html: str, metric: str) -> str:
    return text_of(html.split(f'id="tile-{metric}"')[1].split("</dd>")[0])


def figure(html: str, metric: str) -> str:
    """The number of a tile and its unit."""
    return text_of(html.split(f'id="tile-{metric}"')[1].split('"fig num">')[1].split("</div>")[0])


def seen(client: FreshClient, address: str = "/metrics") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def test_only_who_may_read_figures_gets_in(
    cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    for address in ("/metrics", "/metrics/frt/tickets"):
        assert as_user(cast.agent).get(address).status_code == 200
        assert as_user(cast.lead).get(address).status_code == 200
        for person in (cast.customer, cast.moderator, cast.admin):
            assert as_user(person).get(address).status_code == 403
        assert client.get(address).status_code in (302, 303)


def test_an_empty_desk_says_so(cast: Cast, as_user: AsUser) -> None:
    assert "Nothing to count yet" in seen(as_user(cast.agent))


def test_a_resolution_reaches_the_page(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    browser = as_user(cast.agent)
    for _ in range(5):
        ticket = make.ticket(cast.customer)
    drain()
    assert figure(seen(browser), "backlog") == "5"
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        with unit_of_work():
            replying.reply(ticket, text="Start the worker.", by=cast.agent)
            resolving.resolve(ticket, by=cast.agent)
        drain()
        page = seen(browser)
    assert figure(page, "backlog") == "4"
    assert figure(page, "ttr_full") == "not enough data"
    assert "1 ticket: 2h" in tile(page, "ttr_full")
    assert "4 still waiting" in tile(page, "frt")


def test_the_page_says_when_it_was_last_proved(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    make.ticket(cast.customer)
    drain()
    browser = as_user(cast.agent)
    assert "Checked against" not in seen(browser)
    jobs.prove_nightly()
    assert "every figure agrees" in text_of(seen(browser))


def five_solved(cast: Cast) -> None:
    for hours in (1, 2, 3, 4, 5):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{8 + hours:02}:00:00Z")


def test_headlines_show_median_p90_and_n(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    five_solved(cast)
    drain()
    page = seen(as_user(cast.agent), "/metrics?from=2026-03-02&to=2026-03-09")
    assert "3 h median of 5 tickets 9 in 10 within 5h" in tile(page, "frt")
    assert "3 h median of 5 tickets 9 in 10 within 5h" in tile(page, "ttr_full")
    assert "100 % 5 of 5 tickets 95% interval 57 – 100%" in tile(page, "fcr")
    assert "No ratings in this period" in tile(page, "csat")


def test_a_desk_with_nothing_but_a_past_shows_it(cast: Cast, as_user: AsUser) -> None:
    five_solved(cast)
    with time_machine.travel(clock.now() + timedelta(days=400)):
        level_the_cache()
        page = seen(as_user(cast.agent))
    assert "median of 5 tickets" in tile(page, "ttr_full")


def test_the_page_says_how_far_back_the_history_goes(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    example_a(cast)
    make.ticket(cast.customer)
    drain()
    page = text_of(seen(as_user(cast.agent), "/metrics?last=7"))
    assert "goes back to 2 March 2026" in page


@pytest.mark.parametrize(
    "asked",
    ["from=spring", "to=2026-13-01", "from=2026-03-02&to=2026-03-02", "last=soon"],
)
@pytest.mark.parametrize("address", ["/metrics", "/metrics/frt/tickets"])
def test_a_bad_period_is_shown_again_with_a_reason(
    cast: Cast, as_user: AsUser, address: str, asked: str
) -> None:
    answer = as_user(cast.agent).get(f"{address}?{asked}")
    assert answer.status_code == 422
    assert "thing to look at" in answer.text


def test_evidence_lists_what_was_counted_with_its_value(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket = example_a(cast)
    drain()
    page = seen(as_user(cast.agent), "/metrics/ttr_full/tickets?last=all")
    assert f'href="/tickets/{ticket.id}"' in page
    assert "3d 6h" in page


def test_evidence_lists_what_was_left_out_by_reason(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        resolving.resolve(ticket, by=cast.agent)
    waiting = make.ticket(cast.customer)
    drain()
    browser = as_user(cast.agent)
    closed = seen(browser, "/metrics/frt/tickets?list=closed_unanswered")
    assert f'href="/tickets/{ticket.id}"' in closed
    assert f'href="/tickets/{waiting.id}"' not in closed
    assert f'href="/tickets/{waiting.id}"' in seen(browser, "/metrics/frt/tickets?list=waiting")


def test_evidence_comes_in_pages(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    tickets = [make.ticket(cast.customer).id for _ in range(ROWS + 1)]
    drain()
    browser = as_user(cast.agent)
    first, second = (seen(browser, f"/metrics/backlog/tickets?page={number}") for number in (1, 2))
    assert f'href="/tickets/{tickets[-1]}"' in first
    assert f'href="/tickets/{tickets[0]}"' not in first
    assert f'href="/tickets/{tickets[0]}"' in second


@pytest.mark.parametrize("asked", ["list=nonsense", "page=0", "page=99", "page=x"])
def test_nonsense_in_the_address_shows_the_first_or_last_page(
    cast: Cast, as_user: AsUser, drain: Drain, asked: str
) -> None:
    make.ticket(cast.customer)
    drain()
    assert "Counted" in seen(as_user(cast.agent), f"/metrics/backlog/tickets?{asked}")


def test_an_unknown_figure_is_not_found(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.agent).get("/metrics/happiness/tickets").status_code == 404


@pytest.mark.parametrize("address", ["/metrics", "/metrics/backlog/tickets"])
def test_the_number_of_statements_is_constant(
    cast: Cast, as_user: AsUser, drain: Drain, address: str
) -> None:
    browser = as_user(cast.agent)
    seen(browser, "/metrics?last=7")  # names of teams are remembered

    def statements(tickets: int, *, at: datetime) -> int:
        with time_machine.travel(at):
            for _ in range(tickets):
                make.ticket(cast.customer)
            drain()
            with counted() as sent:
                seen(browser, address)
        return len(sent)

    now = clock.now()
    later = now + timedelta(hours=1)  # also figures that took long to make are forgotten
    assert statements(2, at=now) == statements(18, at=later)


def test_figures_are_remembered_until_something_changes(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    browser = as_user(cast.agent)
    make.ticket(cast.customer)
    drain()

    def reads() -> int:
        with counted() as sent:
            seen(browser, "/metrics?last=28")
        return sum("metric_pages" in statement for statement in sent)

    seen(browser, "/metrics?last=7")  # what is costly the first time would count as costly figures
    assert reads() > 0
    assert reads() == 0
    make.ticket(cast.customer)
    drain()
    assert reads() > 0


@pytest.mark.parametrize("asked", ["from=0001-01-01", "to=9999-12-31"])
def test_a_day_beyond_reason_is_refused(cast: Cast, as_user: AsUser, asked: str) -> None:
    answer = as_user(cast.agent).get(f"/metrics?{asked}")
    assert answer.status_code == 422
    assert "Choose a year from 1970 to 2999." in answer.text


def test_the_page_shows_trends_spread_backlog_and_arrivals(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    for day in range(2, 16):
        solved(cast, f"2026-03-{day:02}T08:00:00Z", f"2026-03-{day:02}T10:00:00Z")
    drain()
    page = seen(as_user(cast.agent), "/metrics?from=2026-03-02&to=2026-03-30")
    words = text_of(page)
    assert "Solved in, median, by week" in words
    assert "Half within 2h, 9 in 10 within 2h." in words
    assert "0 at the start + 14 created + 0 reopened − 14 resolved = 0 left" in words
    assert "Most come on" in words
    assert "/metrics/frt/tickets?to=2026-03-16&amp;from=2026-03-09" in page
    assert "not measured yet" in tile(page, "sla")
    assert "with those still waiting: 2h" in tile(page, "frt")


def test_a_bar_leads_to_its_tickets(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    slow = solved(cast, "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z")
    quick = solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T08:10:00Z")
    drain()
    page = seen(as_user(cast.agent), "/metrics/ttr_full/tickets?last=all&below=900")
    assert f'href="/tickets/{quick.id}"' in page
    assert f'href="/tickets/{slow.id}"' not in page


def test_filters_narrow_the_page_and_the_tickets(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    tagged, other = make.ticket(cast.customer), make.ticket(cast.customer)
    with unit_of_work():
        triaging.set_tags(tagged, names=["printer"], by=cast.agent)
    drain()
    browser = as_user(cast.agent)
    page = seen(browser, "/metrics?tag=printer")
    assert figure(page, "backlog") == "1"
    assert "0 at the start + 0 created" in text_of(page)
    assert "+ 1 came in = 1 left" in text_of(page)
    assert figure(seen(browser, "/metrics?priority=urgent"), "backlog") == "0"
    listed = seen(browser, "/metrics/backlog/tickets?tag=printer")
    assert f'href="/tickets/{tagged.id}"' in listed
    assert f'href="/tickets/{other.id}"' not in listed


def test_people_are_shown_only_on_request_and_hidden_below_five(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    for hour in (9, 10, 11, 12):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    drain()
    browser, days = as_user(cast.lead), "from=2026-03-02&to=2026-03-09"

    def side(address: str) -> str:
        return text_of(seen(browser, address).split('id="sides-head"')[1].split("</section>")[0])

    assert cast.agent.name not in side(f"/metrics?{days}")
    shown = side(f"/metrics?{days}&by=agent")
    assert f"{cast.agent.name} not enough data, of 4 not enough data, of 4" in shown
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T13:00:00Z")
    drain()
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert f"{cast.agent.name} 3h of 5 3h of 5" in side(f"/metrics?{days}&by=agent")


@pytest.mark.parametrize("asked", ["hours=night", "by=rank", "channel=smoke", f"tag={'x' * 99}"])
def test_a_bad_filter_is_shown_again_with_a_reason(cast: Cast, as_user: AsUser, asked: str) -> None:
    answer = as_user(cast.agent).get(f"/metrics?{asked}")
    assert answer.status_code == 422
    assert "thing to look at" in answer.text


def test_business_hours_are_a_link_away(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    for day in (2, 3, 4, 5, 6):  # ended on the next day, or after the week's end
        solved(cast, f"2026-03-{day:02}T16:00:00Z", f"2026-03-{day + 1:02}T16:00:00Z")
    drain()
    browser, days = as_user(cast.agent), "from=2026-03-02&to=2026-03-09"
    page = seen(browser, f"/metrics?{days}&hours=business")
    assert figure(page, "frt_business") == "8 h"
    assert "hours=business" in seen(browser, f"/metrics?{days}")
