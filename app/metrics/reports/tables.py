"""Metrics: figures and cases as rows for spreadsheets, so that anybody can compute them again."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from app.metrics.counting import add, entries
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import Reading
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, Where
from app.metrics.histories.summary import TicketSummary
from app.metrics.reports.report import text_of
from app.metrics.sample import Sample

FIGURE_COLUMNS = (
    "id", "name", "hours", "unit", "value", "n", "hits", "median", "p90", "mean", "low", "high",
    "km_median", "excluded", "definition",
)  # fmt: skip
CASE_COLUMNS = (
    "ticket", "list", "at", "value", "agent", "team", "assignee", "priority", "channel", "queue", "type",
    "organisation", "tags",
)  # fmt: skip


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is a formula to a spreadsheet."""


def csv_lines(
    columns: Sequence[str], rows: Iterable[dict[str, Any]], *, end: str = "\r\n"
) -> Iterator[str]:
    """The rows under their names (RFC 4180), line by line; a text like a formula gets an apostrophe."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator=end)
    for cells in chain([columns], ([row.get(name) for name in columns] for row in rows)):
        writer.writerow(map(_harmless, cells))
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def figure_rows(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each figure of a report; reasons as "spam=1 internal=2"."""
    for id, figure in report["metrics"].items():
        reasons = " ".join(
            f"{reason}={count}" for reason, count in figure.get("excluded", {}).items()
        )
        row = {**figure, "id": id, "name": CATALOGUE[id].name, "excluded": reasons}
        yield {column: row.get(column) for column in FIGURE_COLUMNS}


def case_rows(
    metric: Metric, tickets: Iterable[TicketSummary], *, by: Reading, where: Where = EVERY
) -> Iterator[dict[str, Any]]:
    """A row for each case of a metric and for each ticket left out, with what was said of it then."""
    for ticket in tickets:
        for entry in entries(metric, ticket, by):
            if not where.admits(ticket, entry):
                continue
            sample = Sample(also=metric.lists)
            add(sample, metric, ticket.ticket_id, entry, by=by)
            fields = ticket.fields_at(entry.at)
            for name, cases in sample.lists.items():
                for value in cases.values:
                    yield {
                        "ticket": ticket.ticket_id,
                        "list": str(name),
                        "at": text_of(entry.at),
                        "value": value,
                        "agent": entry.agent_id,
                        **fields._asdict(),
                        "tags": " ".join(fields.tags),
                    }
