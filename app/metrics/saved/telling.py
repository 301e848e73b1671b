"""Metrics: a saved report in the words of a mail."""

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.web.addresses import absolute
from app.core.web.filters import exactly
from app.mail.pen import Item
from app.metrics.filtering import Key
from app.metrics.reports.report import text_of
from app.metrics.saved.cells import Cell, table
from app.metrics.saved.making import Made
from app.metrics.saved.question import Question
from app.metrics.saved.saved_report import SavedReport
from app.metrics.saved.wording import question_words, span_words

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A report as a mail tells it; `command` prints the same figures at any time."""

    title: str
    asks: str
    days: str
    as_of: str
    items: Sequence[Item]
    groups_heading: str
    groups: Sequence[Item]
    more: int
    command: str
    url: str


def told(report: SavedReport, made: Made) -> Told:
    """The report, with every figure's n, definition, and what changed since the period before."""
    url = absolute("metrics.show_report", id=report.id)
    said = table(made, most=LONGEST)
    lines = said.lines[-LONGEST:]
    return Told(
        title=report.title,
        asks=question_words(report.question),
        days=span_words(made.wanted.asked.days),
        as_of=exactly(made.as_of),
        items=[_item(report, cell) for cell in said.whole],
        groups_heading=f"By {said.heading.lower()}" if said.heading else "",
        groups=[
            Item(line.name, url, "; ".join(_in_line(cell) for cell in line.cells if cell))
            for line in lines
        ],
        more=said.more + len(said.lines) - len(lines),
        command=command(report.question, made),
        url=url,
    )


def command(question: Question, made: Made) -> str:
    """The command line by which anybody can compute the figures again, as they were known then."""
    days = made.wanted.asked.days
    words = ["flask", "metrics", "report"]
    if days.start_on:
        words += ["--from", days.start_on.isoformat()]
    if days.end_on:
        words += ["--to", days.end_on.isoformat()]
    words += ["--as-of", text_of(made.as_of) or ""]
    for condition in question.conditions:
        words += ["--filter", condition]
    if isinstance(question.by, Key):
        words += ["--by", question.by.value]
    return shlex.join(words)


def definitions(made: Iterable[Made]) -> Iterable[str]:
    """A sentence or two on each figure, told once."""
    metrics = (metric for each in made for metric in each.wanted.metrics)
    return dict.fromkeys(f"{each.name}: {each.definition} {each.dated}" for each in metrics)


def _item(report: SavedReport, cell: Cell) -> Item:
    """A figure, what it is made of and what changed; it leads to its tickets."""
    tickets = absolute("metrics.show_report_tickets", id=report.id, metric=cell.metric.id)
    changed = []
    if cell.change:
        changed = [cell.change.words + (" than before" if cell.change.tone else "")]
    note = " · ".join([*cell.lines, *changed])
    return Item(f"{cell.metric.name}: {cell.said}", tickets, note)


def _in_line(cell: Cell) -> str:
    sure = f" ({cell.sure})" if cell.sure else ""
    return f"{cell.metric.name} {cell.said}{sure}"
