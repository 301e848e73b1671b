"""Figures as they stood at the end of a day are those that the command prints of then."""

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, func, select

from app.accounts import people
from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.jobs.model import Job
from app.core.uow import begin_writing, unit_of_work
from app.metrics.caches import refreshing
from app.metrics.caches.going_back import KEPT, ask_for, end_of, prepare
from app.metrics.caches.metric_page import MetricPage
from app.metrics.caches.metric_then import MetricThen, MetricThenPage
from app.metrics.caches.page import Page, Row
from app.metrics.caches.proving import prove_and_mend
from app.metrics.caches.series import Key, kept
from app.metrics.caches.terms import all_numbers, row_of
from app.metrics.histories import ledger as ledger_of
from app.surveys.survey import Survey
from app.tickets import replying, resolving, triaging
from app.tickets.events import AuthorKind
from app.tickets.history import TicketEvent
from app.tickets.ticket import Channel, Priority, Ticket
from app.worktime.calendars import calendars, change_hours
from app.worktime.hours import week_of
from tests.metrics.desks import example_a, happening, level_the_cache, solved
from tests.metrics.random_desks import Ledger, ledgers
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

AsUser = Callable[[User], FreshClient]
THEN = date(2026, 3, 4)
LATER = at("2026-03-20T12:00:00Z")


@pytest.fixture
def desk(cast: Cast) -> None:
    """Example A, whose story goes on after the day, with tickets that changed since and that did not."""
    example_a(cast)
    for hour in range(9, 15):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
        solved(cast, "2026-03-03T08:00:00Z", f"2026-03-06T{hour:02}:00:00Z")
    with time_machine.travel(at("2026-03-04T09:00:00Z"), tick=False):
        handed_on = make.ticket(cast.customer)
    with happening("2026-03-05T09:00:00Z"):
        triaging.change_priority(handed_on, to=Priority.URGENT, by=cast.agent)
    with happening("2026-03-09T09:00:00Z"):
        replying.reply(handed_on, text="Look here.", by=cast.agent)
        resolving.resolve(handed_on, by=cast.agent)


def printed(app: Flask, *options: str) -> dict[str, object]:
    done = app.test_cli_runner().invoke(args=["metrics", "report", "--json", *options])
    assert done.exit_code == 0, done.output
    made: dict[str, object] = json.loads(done.stdout)
    return made


def work_out(day: date) -> None:
    with unit_of_work():
        then_id = ask_for(day)
    assert then_id
    prepare(then_id)


def assert_agrees(app: Flask, browser: FreshClient, asked: str, *options: str) -> None:
    """The file of the page is what the command prints, but for what the page does not show."""
    made = browser.get(f"/metrics/figures.json?as_of={THEN}&{asked}").get_json()
    told = printed(app, "--as-of", f"{THEN}", *options)
    for key in ("as_of", "from", "to", "filters", "calendars", "arrivals", "backlog_identity"):
        assert made[key] == told[key], key
    metrics = told["metrics"]
    assert isinstance(metrics, dict)
    assert made["metrics"] == {id: metrics[id] for id in made["metrics"]}


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        ("last=all", ()),
        ("from=2026-03-02&to=2026-03-05", ("--from", "2026-03-02", "--to", "2026-03-05")),
        ("from=2026-03-02&to=2026-03-04&hours=business", ("--from", "2026-03-02", "--to", "2026-03-04")),
        ("last=all&priority=urgent", ("--filter", "priority=urgent")),
        ("last=all&priority=normal", ("--filter", "priority=normal")),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("desk")
def test_the_page_prints_what_the_command_prints_of_then(
    app: Flask, cast: Cast, as_user: AsUser, asked: str, options: tuple[str, ...]
) -> None:
    with time_machine.travel(LATER, tick=False):
        level_the_cache()
        work_out(THEN)
        assert_agrees(app, as_user(cast.agent), asked, *options)


@pytest.mark.usefixtures("desk")
def test_what_happens_later_changes_nothing_of_then(
    app: Flask, cast: Cast, as_user: AsUser
) -> None:
    address = f"/metrics/figures.json?as_of={THEN}&last=all"
    with time_machine.travel(LATER, tick=False):
        browser = as_user(cast.agent)
        work_out(THEN)  # though nobody has levelled the cache
        before = browser.get(address).data
        late = make.ticket(cast.customer)
        with unit_of_work():
            resolving.resolve(late, by=cast.agent)
        level_the_cache()
        assert_agrees(app, browser, "last=all")
        who = cast.agent.id
        assert_agrees(app, browser, f"last=all&agent={who}", "--filter", f"agent={who}")
        assert_agrees(app, browser, f"last=all&assignee={who}", "--filter", f"assignee={who}")
    with time_machine.travel(LATER + timedelta(days=90), tick=False):
        assert as_user(cast.agent).get(address).data == before


@pytest.mark.usefixtures("desk")
def test_hours_that_were_written_down_later_do_not_count_then(
    app: Flask, cast: Cast, as_user: AsUser
) -> None:
    with happening("2026-03-03T10:00:00Z"):
        change_hours(
            effective_from=date(2026, 3, 3), zone="UTC", by_id=None,
            week=week_of([[[600, 720]]] * 7),
        )  # fmt: skip
    with happening("2026-03-10T10:00:00Z"):
        change_hours(
            effective_from=date(2026, 3, 10), zone="UTC", by_id=None,
            week=week_of([[[0, 1440]]] * 7),
        )  # fmt: skip
    with time_machine.travel(LATER, tick=False):
        level_the_cache()
        work_out(THEN)
        assert_agrees(app, as_user(cast.agent), "last=all&hours=business")
        page = as_user(cast.agent).get(f"/metrics?as_of={THEN}&last=all&hours=business").text
    assert "version 1, version 2 from 3 March 2026." in " ".join(page.split())


def test_hours_count_then_by_which_nothing_was_measured_yet(
    app: Flask, cast: Cast, as_user: AsUser
) -> None:
    for hour in range(9, 15):
        solved(cast, "2026-03-04T08:00:00Z", f"2026-03-04T{hour:02}:00:00Z")
    with time_machine.travel(at("2026-03-04T20:00:00Z"), tick=False):
        level_the_cache()
    with happening("2026-03-04T22:00:00Z"):
        week = week_of([[[600, 720]]] * 7)
        change_hours(effective_from=THEN, zone="UTC", week=week, by_id=None)
    with time_machine.travel(at("2026-03-05T08:00:00Z"), tick=False):
        work_out(THEN)
        assert_agrees(app, as_user(cast.agent), "last=all&hours=business")


@pytest.mark.usefixtures("desk")
def test_a_reader_asks_for_a_day_waits_and_sees_it(
    cast: Cast, as_user: AsUser, drain: Callable[[], int]
) -> None:
    asked = {"as_of": f"{THEN}", "last": "all"}
    with time_machine.travel(LATER, tick=False):
        browser = as_user(cast.agent)
        level_the_cache()
        assert "have to be worked out first" in browser.get("/metrics", query_string=asked).text
        for _ in range(2):  # asking twice does no harm
            moved = browser.post("/metrics/reprints", data=asked)
            assert moved.status_code == 303
        asked_for = select(func.count()).where(Job.name == "metrics.jobs.prepare_then")
        assert db.session.scalar(asked_for) == 1
        assert "are being worked out" in browser.get(moved.location).text
        assert browser.get("/metrics/frt/tickets", query_string=asked).status_code == 303
        assert browser.get("/metrics/frt/tickets.csv", query_string=asked).status_code == 503
        drain()
        page = browser.get(moved.location).text
        listed = browser.get("/metrics/frt/tickets", query_string=asked).text
        rows = browser.get("/metrics/frt/tickets.json", query_string=asked).get_json()
    assert "As it stood on 4 March 2026" in page
    assert 'href="/metrics?last=all">Back to today' in page
    assert f"as_of={THEN}" in page.split("See the tickets")[0].rsplit("href=", 1)[1]
    assert "As it stood on 4 March 2026" in listed
    assert {row["list"] for row in rows} == {"counted", "waiting"}


@pytest.mark.usefixtures("desk")
def test_people_are_called_as_they_are_called_now(cast: Cast, as_user: AsUser) -> None:
    address = f"/metrics?as_of={THEN}&last=all&by=agent"
    with time_machine.travel(LATER, tick=False):
        level_the_cache()
        work_out(THEN)
        browser, before = as_user(cast.agent), cast.agent.name
        assert before in browser.get(address).text.split('id="figures"')[1]
        with unit_of_work():
            people.rename(cast.agent, name="Zebulon New")
        figures = browser.get(address).text.split('id="figures"')[1]
    assert "Zebulon New" in figures
    assert before not in figures


def test_comments_are_those_of_now_and_not_shown_beside_then(cast: Cast, as_user: AsUser) -> None:
    ticket = solved(cast, "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z")
    with happening("2026-03-03T09:00:00Z"):
        begin_writing()
        sent = Survey(
            ticket_id=ticket.id, episode=1, requester_id=cast.customer.id, sent_at=clock.now(),
            rating=5, comment="Quick and kind.", answered_at=clock.now(),
        )  # fmt: skip
        db.session.add(sent)
    with time_machine.travel(LATER, tick=False):
        level_the_cache()
        work_out(THEN)
        browser = as_user(cast.agent)
        assert "Quick and kind." in browser.get("/metrics?last=all").text
        assert "Quick and kind." not in browser.get(f"/metrics?as_of={THEN}&last=all").text


def test_today_is_not_over(cast: Cast, as_user: AsUser) -> None:
    answer = as_user(cast.agent).get(f"/metrics?as_of={clock.now():%Y-%m-%d}")
    assert answer.status_code == 422
    assert "Choose a day that is over" in answer.text


@pytest.mark.usefixtures("desk")
def test_few_days_are_kept_and_none_after_all_was_made_anew() -> None:
    with time_machine.travel(LATER, tick=False):
        for day in range(1, KEPT + 2):
            work_out(date(2026, 3, day))
        days = db.session.scalars(select(MetricThen.day_on).order_by(MetricThen.day_on)).all()
        assert days == [date(2026, 3, day) for day in range(2, KEPT + 2)]
        with unit_of_work():
            assert ask_for(date(2026, 3, 4)) is None
        with unit_of_work():
            refreshing.forget()
    assert db.session.scalar(select(func.count()).select_from(MetricThenPage)) == 0


@pytest.mark.usefixtures("app")
def test_no_id_is_given_to_another_day() -> None:
    with time_machine.travel(LATER, tick=False):
        ids = []
        for day in (THEN, date(2026, 3, 10)):
            with unit_of_work():
                ids.append(ask_for(day))
            with unit_of_work():
                refreshing.forget()
    assert ids[0] != ids[1]


@pytest.mark.usefixtures("desk")
def test_figures_that_were_wrong_then_are_gone_once_they_are_mended(
    app: Flask, cast: Cast, as_user: AsUser
) -> None:
    with time_machine.travel(LATER, tick=False):
        level_the_cache()
        with unit_of_work():
            begin_writing()
            db.session.execute(delete(MetricPage).where(MetricPage.series == "frt"))
        work_out(THEN)
        browser = as_user(cast.agent)
        wrong = browser.get(f"/metrics/figures.json?as_of={THEN}&last=all").get_json()
        assert (
            wrong["metrics"]["frt"]["n"] < printed(app, "--as-of", f"{THEN}")["metrics"]["frt"]["n"]
        )
        prove_and_mend()
        work_out(THEN)
        assert_agrees(app, browser, "last=all")


def random_desks() -> list[Ledger]:
    """Always the same ones: merged, split, reopened, spam, late, in any order."""
    found: list[Ledger] = []

    @given(ledgers())
    @settings(
        max_examples=40, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    def collect(ledger: Ledger) -> None:
        found.append(ledger)

    collect()
    return found


def write_down(desks: list[Ledger], requester_id: int) -> None:
    """Put them side by side into the ledger, each with numbers of its own."""
    begin_writing()
    followed: dict[Ticket, int] = {}
    for place, desk in enumerate(desks):
        for number, events in desk.items():
            ticket = Ticket(
                id=10 * place + number, requester_id=requester_id, subject="Help", channel=Channel.MAIL,
                last_seq=len(events),
            )  # fmt: skip
            db.session.add(ticket)
            if follow_up_of := events[0].payload["follow_up_of"]:
                followed[ticket] = 10 * place + follow_up_of
    db.session.flush()  # facts and followers name their tickets
    for ticket, number in followed.items():
        ticket.follow_up_of_id = number
    for place, desk in enumerate(desks):
        for events in desk.values():
            for event in events:
                shifted = {
                    key: event.payload[key] + 10 * place
                    for key in ("target_id", "follow_up_of")
                    if event.payload.get(key)
                }
                row = {**event._asdict(), "payload": {**event.payload, **shifted}}
                row["ticket_id"] = event.ticket_id + 10 * place
                db.session.add(
                    TicketEvent(
                        **row, schema_version=1, actor_kind=AuthorKind.AGENT, source="import",
                        correlation_id="1",
                    )
                )  # fmt: skip


def pages_of_then(then_id: int) -> dict[Key, list[Row]]:
    rows = select(MetricThenPage).where(MetricThenPage.then_id == then_id)
    pages = db.session.scalars(rows)
    return {Key(page.series, page.day_on): Page.of(page.numbers, page.rest).rows for page in pages}


def pages_replayed(as_of: datetime) -> dict[Key, list[Row]]:
    terms = all_numbers()
    found: dict[Key, list[Row]] = defaultdict(list)
    for ticket in ledger_of.all_summaries(as_of=as_of):
        for key, case in kept(ticket, calendars=calendars(as_of=as_of), as_of=as_of, zone=UTC):
            found[key].append(row_of(ticket.ticket_id, case, terms))
    return {key: Page(rows).rows for key, rows in found.items()}


def test_pages_of_then_are_those_of_a_replay(cast: Cast) -> None:
    desks = random_desks()
    with time_machine.travel(at("2027-03-01T00:00:00Z"), tick=False):
        with unit_of_work():
            write_down(desks, cast.customer.id)
        level_the_cache()
        for day in (date(2026, 3, 2), date(2026, 3, 10), date(2026, 4, 20), date(2026, 7, 1)):
            with unit_of_work():
                then_id = ask_for(day)
            assert then_id
            prepare(then_id)
            assert pages_of_then(then_id) == pages_replayed(end_of(day))
