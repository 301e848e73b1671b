"""Metrics: saved reports as HTML, remembered by what they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import thread_time

from flask import render_template, request
from markupsafe import Markup

from app.accounts import people
from app.core import clock
from app.core.settings import settings
from app.core.web.remembering import seen
from app.metrics.remembering import Memory, Remembered, memory_of
from app.metrics.saved.cells import table
from app.metrics.saved.making import Made, make
from app.metrics.saved.question import Wanted, meant
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.wording import questions_words

REMEMBERED = 64
ENOUGH_S = 1.0
"""Once a dashboard has taken so much processor time, the reports that are left come one by one."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A report on a dashboard; `html` is None where it is still to be asked for."""

    report: SavedReport
    asks: str
    html: Markup | None


def wanted_of(report: SavedReport) -> Wanted:
    """What the report asks today."""
    return meant(report.question, today=clock.today(settings().zone))


def made_of(report: SavedReport) -> Made:
    """Its figures, as of now or as remembered."""
    return obtain(wanted_of(report)).made


def drawn(report: SavedReport) -> Markup:
    """Its figures as HTML."""
    return _drawn(report, obtain(wanted_of(report)))


def panels(reports: Sequence[SavedReport]) -> Iterator[Panel]:
    """Each report as HTML, as long as that is quick."""
    began_s, asks = thread_time(), questions_words([report.question for report in reports])
    for report, said in zip(reports, asks, strict=True):
        wanted = wanted_of(report)
        found = _memory().recall(wanted)
        if found is None and thread_time() - began_s < ENOUGH_S:
            found = obtain(wanted)
        html = _drawn(report, found) if found else None
        yield Panel(report, said, html)


def obtain(wanted: Wanted) -> Remembered[Made]:
    """The figures, as of now or as remembered."""
    return _memory().obtain(wanted, partial(make, wanted))


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
