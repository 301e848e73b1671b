"""Metrics: proving that what is kept says what the ledger says, and mending it where it does not."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from random import SystemRandom
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import func, select

from app.core import clock
from app.core.db import at_most, db, snapshot
from app.core.settings import settings
from app.core.uow import begin_writing, let_go, reading, unit_of_work
from app.core.web.page_cache import bump
from app.core.web.remembering import remembered
from app.metrics.caches.metric_page import STAMP, MetricPage, MetricProof
from app.metrics.caches.metric_ticket import MetricTicket
from app.metrics.caches.packing import Packed, pack
from app.metrics.caches.page import PackedPage, Page, Row, digest
from app.metrics.caches.refreshing import is_made_otherwise, is_made_so, lock, mend
from app.metrics.caches.series import Key, kept
from app.metrics.caches.storing import columns_named, pages_of, portions, proved_page, tickets_kept
from app.metrics.caches.terms import Numbers, Term, all_numbers, row_of
from app.metrics.histories.ledger import all_summaries, summaries_of
from app.metrics.histories.summary import TicketSummary
from app.tickets.ticket import Ticket
from app.worktime.calendars import calendars
from app.worktime.measuring import Calendars

MOST_FINDINGS = 100
PAGES_AT_ONCE, TICKETS_AT_ONCE = 2000, 1000
_WHOLE = 2**61

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Difference:
    """What differs from the ledger: tickets whose summary does, and pages with the tickets that do."""

    looked_at: int = 0
    last: int = 0
    tickets: list[int] = field(default_factory=list)
    pages: dict[Key, list[int]] = field(default_factory=dict)

    @property
    def concerned(self) -> list[int]:
        """Every ticket that something is wrong about."""
        return sorted({*self.tickets, *(t for tickets in self.pages.values() for t in tickets)})

    def add(self, other: "Difference") -> None:
        """Take in what another portion found."""
        self.tickets += other.tickets
        for key, tickets in other.pages.items():
            self.pages[key] = [*self.pages.get(key, ()), *tickets]

    def said(self) -> Iterator[str]:
        """A sentence for each finding."""
        for number in self.tickets:
            yield f"Ticket {number}: what is kept of it differs from the ledger."
        for key, tickets in sorted(self.pages.items()):
            numbers = ", ".join(map(str, tickets[:5])) or "none"
            yield f"{key.series} of {key.day_on}: differs from the ledger (tickets {numbers})."


class Proof(NamedTuple):
    """A comparison with the ledger: when, of how many tickets, and what differed."""

    at: datetime
    tickets: int
    findings: Sequence[str]


def compare(
    *, sample: int | None = None, on_ticket: Callable[[], object] = lambda: None
) -> Difference:
    """Replay the ledger, or some tickets of it at random, and hold what is kept against it.

    Of a sample, its rows in the pages are looked at; of all, every page as a whole.  A ticket that
    changed a moment ago may wait for the worker.
    """
    as_of = clock.now()
    known = calendars(as_of=as_of)
    if is_made_otherwise():
        return Difference(tickets=[*db.session.scalars(select(MetricTicket.ticket_id))])
    if sample is not None:
        return _compare_some(_at_random(sample), known, as_of=as_of, on_ticket=on_ticket)
    return _compare_all(known, as_of=as_of, on_ticket=on_ticket)


def prove_and_mend() -> Proof | None:
    """Compare everything, make anew what differs, and keep what was found.  Commits by itself.

    What was written while we looked is no difference: each finding is looked at once more, with all
    writers kept out, for some hundred tickets at a time.  None, and nothing is done, where what is kept
    has to be made anew, or is: then there is nothing to compare.
    """
    let_go()
    with reading():
        if not is_made_so():
            return None
        suspected = compare()
    found = Difference()
    for part in _parts(suspected):
        with unit_of_work():
            begin_writing()
            lock()
            confirmed = _confirmed(part)
            if confirmed.concerned or confirmed.pages:
                mend(confirmed.concerned, confirmed.pages)
            found.add(confirmed)
    findings = [*found.said()]
    proof = Proof(clock.now(), suspected.looked_at, findings[:MOST_FINDINGS])
    with unit_of_work():
        begin_writing()
        db.session.add(MetricProof(**proof._asdict()))
        bump(STAMP)
    if findings:
        extra = {"findings": len(findings), "tickets": found.concerned[:20]}
        log.error("figures differed from the ledger and were mended", extra=extra)
    return proof


def _parts(suspected: Difference) -> Iterator[Difference]:
    """The same in portions that can be looked at while writers wait."""
    concerned = suspected.concerned
    for start in range(0, len(concerned), TICKETS_AT_ONCE):
        some = {*concerned[start : start + TICKETS_AT_ONCE]}
        strays = {key: sorted(some.intersection(t)) for key, t in suspected.pages.items()}
        yield Difference(
            tickets=sorted(some), pages={key: found for key, found in strays.items() if found}
        )
    # A page that is wrong though no ticket is named for it cannot be looked at ticket by ticket.
    unnamed = sorted(key for key, tickets in suspected.pages.items() if not tickets)
    for keys in portions(unnamed):
        yield Difference(pages={key: [] for key in keys})


def _confirmed(suspected: Difference) -> Difference:
    if not suspected.tickets:
        return suspected
    as_of = clock.now()
    known = calendars(as_of=as_of)
    return _compare_some(
        suspected.tickets, known, as_of=as_of, strays=suspected.pages, on_ticket=lambda: None
    )


_LATEST = (
    select(MetricProof.at, MetricProof.tickets, MetricProof.findings)
    .order_by(MetricProof.id.desc())
    .limit(at_most(1))
)


def last_proof() -> Proof | None:
    """What the last comparison found, remembered until the next."""

    def read() -> Proof | None:
        row = db.session.execute(_LATEST).first()
        return Proof._make(row) if row else None

    return remembered(STAMP, "proof", read)


def _compare_all(
    known: Calendars, *, as_of: datetime, on_ticket: Callable[[], object]
) -> Difference:
    found = Difference()
    digests: dict[Key, int] = defaultdict(int)
    numbers = _numbers()
    for tickets in _portions(all_summaries(as_of=as_of)):
        found.looked_at += len(tickets)
        there = _summaries_between(found.last, tickets[-1].ticket_id)
        found.last = tickets[-1].ticket_id
        for ticket in tickets:
            if there.pop(ticket.ticket_id, None) != pack(ticket):
                found.tickets.append(ticket.ticket_id)
            for key, row in _rows(ticket, known, numbers, as_of=as_of):
                digests[key] += digest(row)
            on_ticket()
        found.tickets += there
    wrong = {key for key, page in _pages_kept() if digests.pop(key, 0) % _WHOLE != page.digest()}
    wrong |= {key for key, value in digests.items() if value % _WHOLE}
    if wrong:
        found.pages = _who_differs(wrong, known, as_of=as_of)
    return found


def _who_differs(
    wrong: Collection[Key], known: Calendars, *, as_of: datetime
) -> dict[Key, list[int]]:
    """Of each page that is wrong, the tickets whose rows are."""
    right: dict[Key, list[Row]] = defaultdict(list)
    numbers = _numbers()
    for ticket in all_summaries(as_of=as_of):
        for key, row in _rows(ticket, known, numbers, as_of=as_of):
            if key in wrong:
                right[key].append(row)
    there = {key: page.rows for key, page in _pages_kept() if key in wrong}
    return {
        key: sorted({r.ticket_id for r in {*Page(right[key]).rows} ^ {*there.get(key, [])}})
        for key in wrong
    }


def _compare_some(
    chosen: list[int],
    known: Calendars,
    *,
    as_of: datetime,
    on_ticket: Callable[[], object],
    strays: Mapping[Key, Collection[int]] = MappingProxyType({}),
) -> Difference:
    """Of some tickets, their summaries, and their rows in the pages where they should be or stray."""
    found, numbers = Difference(), _numbers()
    right: dict[Key, dict[int, list[Row]]] = defaultdict(dict)
    for key, tickets in strays.items():
        right[key] = {ticket_id: [] for ticket_id in tickets}
    for start in range(0, len(chosen), TICKETS_AT_ONCE):
        some = chosen[start : start + TICKETS_AT_ONCE]
        there = tickets_kept(some)
        for ticket in summaries_of(some, as_of=as_of):
            found.looked_at += 1
            row_of_it = there.get(ticket.ticket_id)
            if row_of_it is None or row_of_it.summary != pack(ticket):
                found.tickets.append(ticket.ticket_id)
            for key, row in _rows(ticket, known, numbers, as_of=as_of):
                right[key].setdefault(ticket.ticket_id, []).append(row)
            on_ticket()
    for keys in portions([*right]):
        pages = pages_of(keys, proved=True)
        for key in keys:
            kept_rows: dict[int, list[Row]] = defaultdict(list)
            for row in pages[key].rows if key in pages else ():
                kept_rows[row.ticket_id].append(row)
            wrong = [t for t, rows in right[key].items() if Page(rows).rows != kept_rows[t]]
            if wrong:
                found.pages[key] = wrong
    return found


def _rows(
    ticket: TicketSummary, known: Calendars, numbers: Numbers, *, as_of: datetime
) -> Iterable[tuple[Key, Row]]:
    for key, case in kept(ticket, calendars=known, as_of=as_of, zone=settings().zone):
        yield key, row_of(ticket.ticket_id, case, numbers)


class _Unknown(Numbers):
    """Numbers of terms; a word that was never written down has one that no term has."""

    def __missing__(self, term: Term) -> int:
        return 2**32 - 1


def _numbers() -> _Unknown:
    return _Unknown(all_numbers())


def _portions(tickets: Iterator[TicketSummary]) -> Iterator[list[TicketSummary]]:
    while some := [*islice(tickets, TICKETS_AT_ONCE)]:
        yield some


def _summaries_between(after: int, last: int) -> dict[int, Packed]:
    rows = select(MetricTicket.ticket_id, MetricTicket.summary).where(
        MetricTicket.ticket_id > after, MetricTicket.ticket_id <= last
    )
    return {row.ticket_id: row.summary for row in db.session.execute(rows)}


def _pages_kept() -> Iterator[tuple[Key, Page]]:
    rows = select(MetricPage.series, MetricPage.day_on, *columns_named(PackedPage._fields))
    with snapshot() as connection:
        for series, day_on, *packed in connection.execute(
            rows.execution_options(yield_per=PAGES_AT_ONCE)
        ):
            yield Key(series, day_on), proved_page(series, packed)


def _at_random(count: int) -> list[int]:
    """Some ticket numbers that are there, each once."""
    last = db.session.scalar(select(func.max(Ticket.id))) or 0
    some = SystemRandom().sample(range(1, last + 1), min(count, last))
    return sorted(db.session.scalars(select(Ticket.id).where(Ticket.id.in_(some))))
