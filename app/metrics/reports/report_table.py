"""Metrics: the report as a table in words, for a terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.core.web.filters import duration, exactly, number
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.reports.moves import Move
from app.metrics.words import WORDS

TITLES = ("Figure", "Value", "95% interval", "9 in 10 within", "n", "Left out")
MONTHLY_TITLES = ("Month", "Created", "First solved", "Reopened", "Left at its end")
NOTHING, HIDDEN = "–", "hidden"


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The lines of a report: what it is about, a row for each figure, and why cases were left out."""
    yield f"{_period(report)}, as of {_instant(report['as_of'])}"
    yield ""
    figures = {CATALOGUE[id]: figure for id, figure in report["metrics"].items()}
    yield from _table([TITLES, *(_row(metric, figure) for metric, figure in figures.items())])
    yield ""
    yield from _reasons(figures)
    if any(figure.get("hidden") for figure in figures.values()):
        yield f"{HIDDEN}: fewer than five cases would tell too much about one person"
    for id, words in report["not_measured"].items():
        yield f"{id}: not measured yet. {words}"
    yield ""
    yield _identity(report["backlog_identity"])
    if by_month := report.get("monthly"):
        yield ""
        yield from _table([MONTHLY_TITLES, *map(_month, by_month)])


def _identity(moves: dict[str, int]) -> str:
    """The backlog as a sum: what was there, what came and went, what is left."""
    parts = [f"{move.sign} {number(moves[move])} {move.words}" for move in Move if moves.get(move)]
    left = number(moves["end"])
    return f"Backlog: {' '.join([number(moves['start']), *parts])} = {left}"


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows under their titles; the first column to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield "  ".join([name.ljust(widths[0]), *padded])


def _month(row: dict[str, Any]) -> tuple[str, ...]:
    month, *counts = row.values()
    return (month, *map(number, counts))


def _period(report: dict[str, Any]) -> str:
    start, end = report["from"], report["to"]
    begin = f"From {_instant(start)}" if start else "Everything"
    return f"{begin} until {_instant(end)}" if end else begin


def _instant(text: str) -> str:
    return exactly(datetime.fromisoformat(text))


def _row(metric: Metric, figure: dict[str, Any]) -> tuple[str, ...]:
    left_out = sum(figure.get("excluded", {}).values())
    return (
        metric.name,
        HIDDEN if figure.get("hidden") else _said(metric, figure["value"]),
        _interval(metric, figure),
        _said(metric, figure.get("p90")),
        number(figure["n"]),
        number(left_out),
    )


def _interval(metric: Metric, figure: dict[str, Any]) -> str:
    low, high = figure.get("low"), figure.get("high")
    if low is None or high is None:
        return NOTHING
    return f"{_said(metric, low)} to {_said(metric, high)}"


def _said(metric: Metric, value: float | None) -> str:
    """A value in words; rates to a tenth of a percent."""
    if value is None:
        return NOTHING
    match metric.unit:
        case Unit.SECONDS:
            return duration(value)
        case Unit.COUNT:
            return number(round(value))
        case Unit.FRACTION:
            return f"{value:.1%}"
        case Unit.TICKETS:
            return number(value)


def _reasons(figures: dict[Metric, dict[str, Any]]) -> Iterator[str]:
    for metric, figure in figures.items():
        told = [
            f"{number(count)} {WORDS[reason].removeprefix('Left out: ')}"
            for reason, count in figure.get("excluded", {}).items()
        ]
        if told:
            yield f"Left out of {metric.name}: {', '.join(told)}"
