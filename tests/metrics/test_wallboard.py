"""The screen on the wall."""

import re
from collections.abc import Callable
from datetime import timedelta

import time_machine
from sqlalchemy import update

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.uow import begin_writing, unit_of_work
from app.metrics.caches.metric_page import MetricForm
from app.tickets import replying
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[User], FreshClient]
Drain = Callable[[], int]
BOARD = "/metrics/wallboard"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_shows_what_waits_and_what_came_today(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
        answered, _ = make.ticket(cast.customer), make.ticket(cast.customer)
        with unit_of_work():
            replying.reply(answered, text="Start the worker.", by=cast.agent)
    with time_machine.travel("2026-03-02T11:00:00Z", tick=False):
        drain()
        shown = text_of(as_user(cast.agent).get(BOARD).text)
    assert "Backlog 2 tickets not solved" in shown
    assert "Oldest waiting 3h 1 answer of ours to write" in shown
    assert "Came today 2 0 tickets solved today" in shown
    assert "Due soon not measured yet" in shown


def test_asking_again_costs_nothing_until_something_changes(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    browser = as_user(cast.agent)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        seen = browser.get(BOARD).headers["ETag"]
        assert browser.get(BOARD, headers={"If-None-Match": seen}).status_code == 304
        make.ticket(cast.customer)
        drain()
        assert browser.get(BOARD, headers={"If-None-Match": seen}).status_code == 200


def test_only_who_may_read_figures_sees_it(
    cast: Cast, as_user: AsUser, client: FreshClient
) -> None:
    for person in (cast.customer, cast.moderator, cast.admin):
        assert as_user(person).get(BOARD).status_code == 403
    assert client.get(BOARD).status_code in (302, 303)


def test_without_java_script_it_reloads_itself(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.agent).get(BOARD).text
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page


def test_the_number_of_statements_is_constant(cast: Cast, as_user: AsUser, drain: Drain) -> None:
    browser = as_user(cast.agent)

    def statements(tickets: int) -> int:
        for _ in range(tickets):
            make.ticket(cast.customer)
        drain()
        with counted() as sent:
            assert browser.get(BOARD).status_code == 200
        return len(sent)

    assert statements(2) == statements(18)


def test_after_a_change_of_zone_it_says_that_figures_are_made_anew(
    cast: Cast, as_user: AsUser, drain: Drain
) -> None:
    make.ticket(cast.customer)
    drain()
    with unit_of_work():
        begin_writing()
        db.session.execute(update(MetricForm).values(form="0 Mars"))
    browser = as_user(cast.agent)
    assert "being made anew" in browser.get(BOARD).text
    assert browser.get("/metrics/backlog/tickets.json").status_code == 503
    assert browser.get("/metrics/frt/tickets.json?last=all").status_code == 503
