"""Histories through the real verbs, at times of our choice."""

from collections.abc import Iterator
from contextlib import contextmanager

import time_machine

from app.core import clock
from app.core.settings import settings
from app.core.uow import unit_of_work
from app.metrics.asking import where_asked
from app.metrics.caches import refreshing
from app.metrics.caches.looking import samples
from app.metrics.caches.stand import Stand
from app.metrics.counting import Count
from app.metrics.day_span import DaySpan
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Hours
from app.metrics.histories import ledger
from app.metrics.overview import evidence, overview_of
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.reports.report import figures_by_id
from app.tickets import replying, resolving
from app.tickets.ticket import Ticket
from app.worktime.calendars import calendars
from tests.metrics.stories import at
from tests.support import make
from tests.support.cast import Cast


@contextmanager
def happening(when: str) -> Iterator[None]:
    """What is done inside happens at that instant and is committed."""
    with time_machine.travel(at(when), tick=False), unit_of_work():
        yield


def example_a(cast: Cast) -> Ticket:
    """Worked example A of METRICS.md, as people would play it."""
    with time_machine.travel(at("2026-03-02T08:00:00Z"), tick=False):
        ticket = make.ticket(cast.customer)
    with happening("2026-03-02T10:30:00Z"):
        replying.reply(ticket, text="What does the log say?", by=cast.agent)
    with happening("2026-03-03T09:00:00Z"):
        replying.reply(ticket, text="Nothing.", by=cast.customer)
    with happening("2026-03-03T11:00:00Z"):
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    with happening("2026-03-05T08:00:00Z"):
        replying.reply(ticket, text="It stopped again.", by=cast.customer)
    with happening("2026-03-05T14:00:00Z"):
        replying.reply(ticket, text="Take the new release.", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    return ticket


def solved(cast: Cast, created: str, replied: str) -> Ticket:
    """A ticket that was answered and solved in one go."""
    with time_machine.travel(at(created), tick=False):
        ticket = make.ticket(cast.customer)
    with happening(replied):
        replying.reply(ticket, text="Start the worker.", by=cast.agent)
        resolving.resolve(ticket, by=cast.agent)
    return ticket


def level_the_cache() -> None:
    """What the worker would do to the cache, and nothing else that it would do now."""
    after: int | None = 0
    while after is not None:
        with unit_of_work():
            after = refreshing.refresh_stale(after=after)


def assert_pages_agree(days: DaySpan, **conditions: str) -> None:
    """Pages and looking at every case give the figures of a replay of the ledger."""
    as_of, zone = clock.now(), settings().zone
    where = where_asked(f"{key}={value}" for key, value in conditions.items())
    by = Reading(days.period(zone=zone), as_of, calendars(as_of=as_of))
    count = Count(by, where=where)
    for ticket in ledger.all_summaries(as_of=as_of):
        count.see(ticket)
    replayed = figures_by_id(count.samples)
    with time_machine.travel(as_of, tick=False):
        metrics = [*CATALOGUE.values()]
        stand = Stand(as_of, zone, where)
        made = samples(days, metrics=metrics, stand=stand)
        assert {metric.id: figures(metric, made[metric.id]) for metric in metrics} == replayed
        for id in replayed:
            replayed[id].pop("km_median", None)
        kept_of = evidence(days, metrics=metrics, stand=stand)
        assert {metric.id: figures(metric, kept_of[metric.id]) for metric in metrics} == replayed
        shown = replayed
        if where.names_people:
            shown = figures_by_id(count.samples, made=discreet)
            for id in shown:
                shown[id].pop("km_median", None)
        for hours in Hours:
            kept = overview_of(days, hours=hours, stand=stand)[0].figures
            assert kept == {id: shown[id] for id in kept}
