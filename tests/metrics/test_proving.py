"""Proving that what is kept says what the ledger says, and mending it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, select, update

from app.core.db import db
from app.core.settings import settings
from app.core.uow import begin_writing, unit_of_work
from app.metrics import jobs
from app.metrics.caches import proving
from app.metrics.caches.going_back import NotReady
from app.metrics.caches.metric_page import MetricForm, MetricPage
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.page import Page
from app.metrics.caches.proving import compare, last_proof, prove_and_mend
from app.metrics.caches.refreshing import is_made_so, measure_again, refresh
from app.metrics.day_span import DaySpan
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import make_picture
from app.tickets import replying
from app.worktime.calendars import change_hours
from tests.metrics.desks import assert_pages_agree, example_a, happening, level_the_cache, solved
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast
from tests.support.queries import counted

Drain = Callable[[], int]


@pytest.fixture
def kept(cast: Cast, drain: Drain) -> int:
    """A desk whose pages are level; the number of one of its tickets."""
    ticket = example_a(cast)
    solved(cast, "2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z")
    make.ticket(cast.customer)
    drain()
    return ticket.id


def is_level() -> bool:
    found = compare()
    return not found.concerned and not found.pages


def damage(statement: object) -> None:
    with unit_of_work():
        begin_writing()
        db.session.execute(statement)  # type: ignore[call-overload]


def frt_of_2_march() -> object:
    return (MetricPage.series == "frt", MetricPage.day_on == date(2026, 3, 2))


def another_value() -> dict[str, Any]:
    [packed] = db.session.execute(
        select(MetricPage.numbers, MetricPage.rest).where(*frt_of_2_march())  # type: ignore[misc]
    )
    page = Page.of(*packed)
    page.rows = [row._replace(value=row.value + 1) for row in page.rows]
    return page.packed(by_team=True)._asdict()


@pytest.mark.parametrize(
    "statement",
    [
        lambda: update(MetricTicket).values(summary=["nonsense"]),
        lambda: update(MetricTicket).values(summary=[]),
        lambda: delete(MetricTicket),
        lambda: delete(MetricPage),
        lambda: delete(MetricPage).where(*frt_of_2_march()),
        lambda: update(MetricPage).where(*frt_of_2_march()).values(total=MetricPage.total + 1),
        lambda: update(MetricPage).where(*frt_of_2_march()).values(by_team=b"\0\0\0\0"),
        lambda: update(MetricPage).where(*frt_of_2_march()).values(**another_value()),
        lambda: update(MetricPage).values(rest=b"nonsense"),
        lambda: update(MetricPage).values(day_on=date(2020, 1, 1)).where(*frt_of_2_march()),
    ],
)
def test_any_damage_is_found_named_and_mended(kept: int, statement: Callable[[], object]) -> None:
    assert is_level()
    damage(statement())
    assert kept in compare().concerned
    prove_and_mend()
    assert is_level()
    proof = last_proof()
    assert proof and proof.findings
    prove_and_mend()
    again = last_proof()
    assert again and (again.findings, again.tickets) == ([], 3)


def test_a_sample_looks_at_some_tickets_and_their_rows(kept: int) -> None:
    assert compare(sample=2).looked_at == 2
    assert not compare(sample=99).concerned
    damage(delete(MetricPage).where(*frt_of_2_march()))  # type: ignore[misc]
    assert kept in compare(sample=99).concerned


def test_staff_are_told_by_night(kept: int, caplog: pytest.LogCaptureFixture) -> None:
    damage(delete(MetricPage))
    jobs.prove_nightly()
    assert "figures differed from the ledger and were mended" in caplog.text


def test_another_reporting_zone_makes_everything_anew(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(update(MetricForm).values(form="0 Mars"))
    with pytest.raises(NotReady):
        make_picture(Asked(DaySpan()))
    with unit_of_work():
        assert refresh([kept])
    assert db.session.scalars(select(MetricTicket.ticket_id)).all() == [kept]
    level_the_cache()
    assert is_level()
    assert settings().reporting_zone in (db.session.scalar(select(MetricForm.form)) or "")


def test_a_late_message_changes_exactly_the_days_concerned(
    cast: Cast, kept: int, drain: Drain
) -> None:
    def pages() -> dict[tuple[str, date], bytes]:
        rows = db.session.execute(select(MetricPage.series, MetricPage.day_on, MetricPage.numbers))
        return {(row.series, row.day_on): row.numbers for row in rows}

    before = pages()
    ticket = solved(cast, "2026-02-10T08:00:00Z", "2026-02-11T09:00:00Z")
    drain()
    changed = {key for key in before.keys() | pages().keys() if before.get(key) != pages().get(key)}
    days = {day_on for _, day_on in changed} - {ticket.updated_at.date()}
    assert days <= {date(2026, 2, 10), date(2026, 2, 11)} | {max(d for _, d in changed)}
    assert_pages_agree(DaySpan(date(2026, 2, 1), date(2026, 3, 1)))


def test_hours_that_change_today_are_measured_again(cast: Cast, drain: Drain) -> None:
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-02T12:00:00Z"):
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
    drain()
    with happening("2026-03-02T13:00:00Z"):
        week = (((600, 660),),) * 7
        change_hours(effective_from=date(2026, 3, 2), zone="UTC", week=week, by_id=None)
    assert not is_level()
    with time_machine.travel(at("2026-03-02T13:01:00Z"), tick=False):
        with unit_of_work():
            jobs.measure_again("2026-03-02")
        assert is_level()


def test_hours_are_measured_again_some_tickets_at_a_time(kept: int) -> None:
    since, numbers = at("2026-01-01T00:00:00Z"), []
    after: int | None = 0
    while after is not None:
        with unit_of_work():
            after = measure_again(since=since, after=after, at_once=1)
        numbers.append(after)
    assert numbers == [kept, kept + 1, kept + 2, None]


def test_by_night_what_was_made_in_another_way_is_made_anew(kept: int, drain: Drain) -> None:
    damage(update(MetricForm).values(form="0 Mars"))
    assert prove_and_mend() is None
    with unit_of_work():
        jobs.prove_nightly()
    drain()
    assert is_level()


def test_what_the_last_release_made_is_made_anew_at_once(kept: int, drain: Drain) -> None:
    damage(update(MetricForm).values(form="0 Mars"))
    for _ in range(2):  # looking twice does no harm
        with unit_of_work():
            jobs.look_after()
    drain()
    assert is_made_so()
    assert is_level()
    with unit_of_work():
        jobs.look_after()
    assert drain() == 0


def test_findings_are_mended_in_portions(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "TICKETS_AT_ONCE", 1)
    damage(delete(MetricPage))
    proof = prove_and_mend()
    assert proof and proof.findings
    assert is_level()


def test_a_sample_is_read_in_few_statements(kept: int) -> None:
    with counted() as one:
        compare(sample=1)
    with counted() as all_of_them:
        compare(sample=99)
    assert len(one) == len(all_of_them)
