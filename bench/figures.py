"""What figures cost: CPU seconds of rebuilding, verifying and reading what is kept, in one process.

    python -m bench.figures 10000 [--database postgres]

A seeded desk, each ticket with as many facts as METRICS.md expects: 20, most of which no figure needs.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, insert, select

from app import create_app
from app.core import clock
from app.core.db import db
from app.core.settings import settings
from app.core.uow import begin_writing, reading, unit_of_work
from app.metrics.asking import where_asked
from app.metrics.caches import going_back, refreshing
from app.metrics.caches.proving import compare
from app.metrics.day_span import DaySpan
from app.metrics.filtering import EVERY, Where
from app.metrics.picture.asked import Asked
from app.metrics.picture.picture import make_picture
from app.tickets.events import AuthorKind
from app.tickets.history import TicketEvent
from bench.pages import seeded

FACTS = 20


def main() -> None:
    """Seed, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("tickets", type=int)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    chosen = options.parse_args()
    with seeded(chosen.database, chosen.tickets) as environ:
        os.environ.update(environ)
        with create_app().app_context():
            measure(chosen.tickets)


def measure(tickets: int) -> None:
    """Print what each costs."""
    with unit_of_work():
        fill_up(tickets)
    with reading():
        facts = db.session.scalar(select(func.count(TicketEvent.id))) or 0
    print(f"{tickets:,} tickets, {facts:,} facts")
    print(f"rebuild   {facts / cost_s(rebuild):>10,.0f} facts a second")
    print(f"verify    {facts / cost_s(verify):>10,.0f} facts a second")
    today = clock.today(settings().zone)
    lately = DaySpan(today - timedelta(days=83), today + timedelta(days=1))
    print(f"12 weeks  {1000 * cost_s(lambda: look(lately)):>10.1f} ms")
    print(f"all       {1000 * cost_s(lambda: look(DaySpan())):>10.1f} ms")
    print(f"12 weeks, filtered {1000 * cost_s(lambda: sift(lately)):>10.1f} ms")
    print(f"all, filtered      {1000 * cost_s(lambda: sift(DaySpan())):>10.1f} ms")
    then = today - timedelta(days=30)
    print(f"a month ago, to be worked out {1000 * cost_s(lambda: work_out(then)):>8.0f} ms")
    print(f"a month ago, all   {1000 * cost_s(lambda: look(DaySpan(), as_of_on=then)):>10.1f} ms")


def fill_up(tickets: int) -> None:
    """Give every ticket further facts, of kinds that figures do not need."""
    begin_writing()
    now = clock.now()
    for first in range(1, tickets + 1, 500):
        numbers = range(first, min(first + 500, tickets + 1))
        db.session.execute(
            insert(TicketEvent),
            [
                {
                    "ticket_id": number,
                    "seq": 20 + more,
                    "kind": "note.added",
                    "schema_version": 1,
                    "occurred_at": now,
                    "recorded_at": now,
                    "actor_kind": AuthorKind.AGENT,
                    "source": "web",
                    "correlation_id": f"{number:032}",
                    "payload": {"message_id": number},
                }
                for number in numbers
                for more in range(FACTS - 7)
            ],
        )


def rebuild() -> None:
    """What `flask metrics rebuild` does."""
    with unit_of_work():
        refreshing.forget()
        at_once = refreshing.portion()
    after: int | None = 0
    while after is not None:
        with unit_of_work():
            after = refreshing.refresh_stale(after=after, at_once=at_once)


def verify() -> None:
    """What `flask metrics verify` does."""
    with reading():
        if (found := compare()).concerned:
            raise RuntimeError(f"differs: {found.concerned[:5]}")


def look(days: DaySpan, where: Where = EVERY, as_of_on: date | None = None) -> None:
    """What the metrics page makes before it is drawn."""
    with reading():
        make_picture(Asked(days, where=where, as_of_on=as_of_on))


def work_out(day: date) -> None:
    """What the worker does for figures as they stood."""
    with unit_of_work():
        then_id = going_back.ask_for(day)
    if then_id:
        going_back.prepare(then_id)


def sift(days: DaySpan) -> None:
    """The same for a part of the desk."""
    look(days, where_asked(["priority=normal"]))


def cost_s(do: Callable[[], None]) -> float:
    """CPU seconds of this process, after one time to get warm for what is short."""
    started = time.process_time()
    do()
    spent = time.process_time() - started
    if spent > 1:
        return spent
    started = time.process_time()
    do()
    return time.process_time() - started


if __name__ == "__main__":
    main()
