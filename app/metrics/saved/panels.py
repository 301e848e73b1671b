"""Metrics: saved reports as HTML, remembered by what they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from time import thread_time

from flask import render_template, request
from markupsafe import Markup

from app.accounts import people
from app.core import clock
from app.core.settings import settings
from app.core.web.remembering import seen
from app.metrics.caches.going_back import ready_then
from app.metrics.remembering import Memory, Remembered, memory_of
from app.metrics.saved.cells import table
from app.metrics.saved.making import Made, make
from app.metrics.saved.question import Wanted, meant
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.wording import questions_words
from app.metrics.standing import standing

REMEMBERED = 64
ENOUGH_S = 1.0
"""Once a dashboard has taken so much processor time, the reports that are left come one by one."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A report on a dashboard; `html` is None where it is still to be asked for."""

    report: SavedReport
    asks: str
    html: Markup | None


def wanted_of(report: SavedReport, as_of_on: date | None = None) -> Wanted:
    """What the report asks today, or asked on a day that is over."""
    today = as_of_on or clock.today(settings().zone)
    return meant(report.question, today=today, as_of_on=as_of_on)


def made_of(report: SavedReport, as_of_on: date | None = None) -> Made:
    """Its figures, as of now or at the end of a day.  Raises NotReady."""
    return obtain(wanted_of(report, as_of_on)).made


def drawn(report: SavedReport, as_of_on: date | None = None) -> Markup:
    """Its figures as HTML.  Raises NotReady."""
    return _drawn(report, obtain(wanted_of(report, as_of_on)))


def panels(reports: Sequence[SavedReport], as_of_on: date | None = None) -> Iterator[Panel]:
    """Each report as HTML, as long as that is quick.  Raises NotReady."""
    began_s, asks = thread_time(), questions_words([report.question for report in reports])
    for report, said in zip(reports, asks, strict=True):
        wanted = wanted_of(report, as_of_on)
        found = _recalled(wanted)
        if found is None and thread_time() - began_s < ENOUGH_S:
            found = obtain(wanted)
        html = _drawn(report, found) if found else None
        yield Panel(report, said, html)


def obtain(wanted: Wanted) -> Remembered[Made]:
    """The figures, as of now, at the end of a day, or as remembered.  Raises NotReady."""
    make_it, as_of_on = partial(make, wanted), wanted.asked.as_of_on
    standing(as_of_on=as_of_on)  # what was made of what is no longer kept is not shown
    if as_of_on:
        return _memory().obtain_lasting(wanted, make_it, stamp=ready_then(as_of_on))
    return _memory().obtain(wanted, make_it)


def _recalled(wanted: Wanted) -> Remembered[Made] | None:
    as_of_on = wanted.asked.as_of_on
    standing(as_of_on=as_of_on)
    if as_of_on:
        return _memory().recall_lasting(wanted, stamp=ready_then(as_of_on))
    return _memory().recall(wanted)


def _memory() -> Memory[Made]:
    return memory_of("saved reports", most=REMEMBERED)


def _drawn(report: SavedReport, found: Remembered[Made]) -> Markup:
    def draw(made: Made) -> Markup:
        return Markup(  # noqa: S704 - a template's own output
            render_template(
                "metrics/saved/_report.html",
                id=report.id,
                made=made,
                table=table(made),
                zone=settings().reporting_zone,
            )
        )

    return found.drawn((request.script_root, report.id, seen(people.STAMP)), draw)
