"""The cache of summaries follows the ledger."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, event, func, select, update

from app.accounts.user import User
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import begin_writing, unit_of_work
from app.core.web.page_cache import bump
from app.metrics import queries
from app.metrics.caches import metric_page, refreshing
from app.metrics.caches.metric_page import MetricForm
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.proving import compare
from app.metrics.caches.reading import kept_samples
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.exclusions import Reason
from app.metrics.definitions.metric import PROVISIONAL_LIST
from app.metrics.histories import ledger
from app.tickets import replying, resolving
from app.tickets.importing import import_history
from tests.metrics.desks import assert_pages_agree, example_a, level_the_cache, solved
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

HISTORY = "ticket_id,timestamp,seq,event,value,actor\n" + "".join(
    f"C{number},2026-03-02T10:00:00Z,1,created,new,Zoe\n"
    f"C{number},2026-03-03T10:00:00Z,2,status_changed,resolved,Zoe\n"
    for number in range(1, 1202)
)


def differences() -> list[int]:
    return compare().concerned


def test_every_act_on_a_ticket_reaches_the_cache(cast: Cast, drain: Callable[[], int]) -> None:
    ticket = make.ticket(cast.customer)
    assert differences() == [ticket.id]
    drain()
    assert differences() == []
    with unit_of_work():
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    assert differences() == [ticket.id]
    drain()
    assert differences() == []


def test_what_figures_do_not_need_is_not_redone(cast: Cast, drain: Callable[[], int]) -> None:
    ticket = make.ticket(cast.customer)
    drain()
    with unit_of_work():
        replying.add_note(ticket, text="Who knows this?", by=cast.agent)
    stamp = queries.stamp()
    drain()
    assert queries.stamp() == stamp


def test_each_write_changes_the_stamp(cast: Cast, drain: Callable[[], int]) -> None:
    before = queries.stamp()
    make.ticket(cast.customer)
    drain()
    assert queries.stamp() > before


def test_an_import_is_summarised_some_hundred_tickets_at_a_time(
    app: Flask, tmp_path: Path, drain: Callable[[], int]
) -> None:
    file = tmp_path / "history.csv"
    file.write_text(HISTORY)
    with unit_of_work():
        import_history(file)
    assert drain() >= 4
    assert differences() == []
    assert db.session.scalar(select(func.count(MetricTicket.ticket_id))) == 1201


def test_a_row_that_knows_more_is_left_alone(cast: Cast, drain: Callable[[], int]) -> None:
    ticket = make.ticket(cast.customer)
    drain()
    with unit_of_work():
        begin_writing()
        db.session.execute(update(MetricTicket).values(last_seq=99, summary=["later knowledge"]))
    with unit_of_work():
        refreshing.refresh([ticket.id])
    assert db.session.scalar(select(MetricTicket.summary)) == ["later knowledge"]


def test_refreshing_twice_changes_nothing(cast: Cast, drain: Callable[[], int]) -> None:
    ticket = example_a(cast)
    drain()
    kept = db.session.scalar(select(MetricTicket.summary))
    with unit_of_work():
        refreshing.refresh([ticket.id, ticket.id])
    assert db.session.scalar(select(MetricTicket.summary)) == kept


def test_the_cache_may_be_lost(cast: Cast, drain: Callable[[], int]) -> None:
    tickets = [example_a(cast), make.ticket(cast.customer)]
    drain()
    with unit_of_work():
        begin_writing()
        db.session.execute(delete(MetricTicket).where(MetricTicket.ticket_id == tickets[0].id))
    with unit_of_work():
        assert refreshing.refresh_stale(after=0) == tickets[0].id
        assert refreshing.refresh_stale(after=tickets[0].id) is None
    assert differences() == []


def made_by_the_release_before() -> None:
    begin_writing()
    db.session.execute(update(MetricForm).values(form="0 Mars"))
    bump(metric_page.STAMP)


@pytest.mark.parametrize("begin_anew", [made_by_the_release_before, refreshing.forget])
def test_nothing_is_shown_until_all_was_made_anew(
    cast: Cast, as_user: Callable[[User], FreshClient], begin_anew: Callable[[], None]
) -> None:
    for hour in range(9, 13):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    level_the_cache()
    browser = as_user(cast.agent)

    def answers() -> list[int]:
        pages = ("/metrics/figures.json?last=all", "/metrics/frt/tickets.json?last=all")
        return [browser.get(page).status_code for page in pages]

    assert answers() == [200, 200]
    with unit_of_work():
        begin_anew()
    after: int | None = 0
    for _ in range(3):
        assert after is not None
        assert answers() == [503, 503]
        with unit_of_work():
            after = refreshing.refresh_stale(after=after, at_once=2)
    assert answers() == [200, 200]


def test_a_round_that_began_before_does_not_make_all_anew(cast: Cast) -> None:
    first, last = make.ticket(cast.customer), make.ticket(cast.customer)
    level_the_cache()
    with unit_of_work():
        made_by_the_release_before()
    with unit_of_work():
        assert refreshing.refresh([last.id])
    with unit_of_work():
        assert refreshing.refresh_stale(after=first.id) is None
    assert not refreshing.is_made_so()
    level_the_cache()
    assert refreshing.is_made_so()


def test_a_page_that_is_written_while_it_is_read_is_read_whole(app: Flask, cast: Cast) -> None:
    for hour in (9, 10, 14):
        solved(cast, "2026-03-02T08:00:00Z", f"2026-03-02T{hour:02}:00:00Z")
    level_the_cache()
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T11:00:00Z")
    written: list[threading.Thread] = []

    def level() -> None:
        with app.app_context():
            level_the_cache()
            db.session.remove()

    def write_between(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        if "metric_pages.rest" in statement and not written:
            written.append(threading.Thread(target=level))
            written[0].start()
            written[0].join()

    metrics = [CATALOGUE["ttr_full"], CATALOGUE["reopen_rate"]]
    event.listen(db.engines["reader"], "before_cursor_execute", write_between)
    try:
        with time_machine.travel(at("2026-03-09T12:00:00Z"), tick=False):
            stand = Stand(clock.now(), settings().zone)
            made = kept_samples(DaySpan(), metrics=metrics, stand=stand)
    finally:
        event.remove(db.engines["reader"], "before_cursor_execute", write_between)
    assert written
    provisional, left_out = made["ttr_full"], made["reopen_rate"]
    n = len(provisional.ordered)
    assert n in (3, 4)
    assert (len(provisional.also[PROVISIONAL_LIST]), len(left_out.ordered)) == (1, n - 1)
    assert left_out.left_out == {Reason.UNSETTLED: 1}


def test_the_span_of_the_desk_is_from_its_first_ticket_to_what_happened_last(cast: Cast) -> None:
    assert queries.span() is None
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-05T08:00:00Z")
    level_the_cache()
    first_at, last_at = queries.span() or pytest.fail("nothing was found")
    assert first_at == at("2026-03-02T08:00:00Z")
    assert last_at >= at("2026-03-05T08:00:00Z")
    with time_machine.travel(at("2026-09-01T08:00:00Z"), tick=False):
        make.ticket(cast.customer)
    level_the_cache()
    assert queries.span() == (first_at, at("2026-09-01T08:00:00Z"))


def test_the_span_of_the_desk_is_found_without_looking_through_its_past(cast: Cast) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what the tables hold")
    with counted() as statements:
        queries.span()
    [statement] = statements
    with db.engines["reader"].connect() as connection:
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    assert not [step for step in steps if step[3].startswith("SCAN metric_tickets")], steps


def test_histories_are_found_by_their_tickets_not_by_the_kinds_of_facts(cast: Cast) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what the tables hold")
    numbers = [make.ticket(cast.customer).id for _ in range(3)]
    with counted() as statements:
        assert [*ledger.summaries_of(numbers, as_of=clock.now())]
        assert [*ledger.all_summaries(as_of=clock.now())]
    read = [each for each in statements if "ticket_events.seq" in each]
    assert len(read) == 2
    with db.engines["reader"].connect() as connection:
        for statement in read:
            values = (None,) * statement.count("?")
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert not [step for step in steps if "kind" in step[3]], steps


def test_figures_from_pages_are_those_from_the_ledger(cast: Cast, drain: Callable[[], int]) -> None:
    example_a(cast)
    solved(cast, "2026-01-02T08:00:00Z", "2026-03-05T09:00:00Z")
    make.ticket(cast.customer)
    drain()
    for days in (DaySpan(), DaySpan(date(2026, 3, 1), date(2026, 3, 4))):
        assert_pages_agree(days)
