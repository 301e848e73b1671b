"""Every count that is drawn leads to exactly the tickets that it counts."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine

from app.accounts import teams
from app.accounts.user import User
from app.core.uow import unit_of_work
from app.metrics.slice import Slice
from app.tickets import assigning, resolving, triaging
from tests.metrics.desks import happening, level_the_cache, solved
from tests.metrics.stories import at
from tests.metrics.test_pages import seen
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]
DAYS = "from=2026-03-02&to=2026-03-09"


@pytest.fixture
def page(cast: Cast, as_user: AsUser) -> tuple[FreshClient, str]:
    """Solved ones, one that waits, and one of staff, which charts of what came leave out."""
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-03T09:00:00Z")
    solved(cast, "2026-03-02T08:30:00Z", "2026-03-04T09:00:00Z")
    solved(cast, "2026-03-05T15:00:00Z", "2026-03-05T16:00:00Z")
    with time_machine.travel(at("2026-03-04T10:00:00Z"), tick=False):
        make.ticket(cast.customer)
        make.ticket(cast.lead)
    level_the_cache()
    browser = as_user(cast.agent)
    return browser, seen(browser, f"/metrics?{DAYS}")


def counts_and_lists(browser: FreshClient, part: str) -> list[tuple[int, int]]:
    """Every count of a part of the page that is a link, and how many tickets stand behind the link."""
    found = re.findall(r'<a href="(/metrics/\w+/tickets\?[^"]*)">([\d,]+)', part)
    return [(int(count), counted(browser, html.unescape(link))) for link, count in found]


def counted(browser: FreshClient, link: str) -> int:
    rows = browser.get(link.replace("/tickets?", "/tickets.json?")).get_json()
    on_page = re.findall(r'Counted <span class="count">([\d,]+)', seen(browser, link))
    listed = sum(row["list"] == "counted" for row in rows)
    assert [str(listed)] == on_page
    return listed


def test_steps_of_created_solved_and_backlog(page: tuple[FreshClient, str]) -> None:
    browser, text = page
    part = text.split('id="backlog-head"')[1].split("</section>")[0]
    pairs = counts_and_lists(browser, part)
    assert len(pairs) == 3 * 7
    assert all(count == listed for count, listed in pairs)
    assert sum(count for count, _ in pairs) > 10
    assert part.count('class="hit"') == 3 * 7


@pytest.mark.parametrize("key", ["team", "agent", "assignee"])
def test_steps_of_a_part(cast: Cast, as_user: AsUser, key: str) -> None:
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-03T09:00:00Z")
    with unit_of_work():
        team_id = teams.make_team(name="Billing", by=None).id
    for day in (3, 4):
        with time_machine.travel(at(f"2026-03-0{day}T10:00:00Z"), tick=False):
            ticket = make.ticket(cast.customer)
        with happening(f"2026-03-0{day}T11:00:00Z"):
            triaging.change_team(ticket, to=team_id, by=cast.agent)
            assigning.assign(ticket, to=cast.agent, by=cast.lead)
    with happening("2026-03-05T10:00:00Z"):
        triaging.change_team(ticket, to=None, by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    level_the_cache()
    browser, value = as_user(cast.agent), "Billing" if key == "team" else cast.agent.id
    page = seen(browser, f"/metrics?{DAYS}&{key}={value}")
    pairs = counts_and_lists(browser, page.split('id="backlog-head"')[1].split("</section>")[0])
    assert len(pairs) == 3 * 7
    assert all(count == listed for count, listed in pairs)
    assert sum(count for count, _ in pairs) > 4


def test_hours_of_the_week(page: tuple[FreshClient, str]) -> None:
    browser, text = page
    part = text.split('id="arrivals-head"')[1].split("</section>")[0]
    pairs = counts_and_lists(browser, part)
    assert sorted(pairs) == [(1, 1), (1, 1), (1, 1), (1, 1), (2, 2), (2, 2)]
    monday = seen(browser, f"/metrics/created/tickets?{DAYS}&weekday=0&hour=8")
    assert "only those of Mondays between 8:00 and 9:00" in " ".join(monday.split())


def test_its_files_hold_the_same(page: tuple[FreshClient, str]) -> None:
    browser, _ = page
    answer = browser.get(f"/metrics/created/tickets.csv?{DAYS}")
    assert "Content-Length" not in answer.headers  # it is sent while it is made
    assert answer.text.startswith("ticket,list,at,value,agent")
    assert len(answer.text.splitlines()) == 1 + 4
    assert browser.get(f"/metrics/created/tickets.json?{DAYS}&weekday=6").get_json() == []


def test_an_hour_is_one_of_the_zone() -> None:
    eight = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
    assert Slice(weekday=0, hour=8).holds_at(eight, zone=UTC)
    assert not Slice(weekday=0, hour=9).holds_at(eight, zone=UTC)
    assert not Slice(weekday=1).holds_at(eight, zone=UTC)
