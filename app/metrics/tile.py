"""Metrics: a headline figure in words, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.web.filters import duration, number, plural
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.reports.figures_of import FEW


@dataclass(frozen=True, slots=True)
class Tile:
    """The figure as pairs of number and unit, which may be none, and the small lines below it."""

    metric: Metric
    parts: Sequence[tuple[str, str]]
    lines: Sequence[str]
    mean: str
    left_out: int


@dataclass(frozen=True, slots=True)
class _Said:
    """The parts and the lines."""

    parts: Sequence[tuple[str, str]]
    lines: Sequence[str]


def tile(metric: Metric, figures: dict[str, Any]) -> Tile:
    """The tile of one metric."""
    said = _said(metric, figures)
    mean = _mean(metric, figures.get("mean"))
    left_out = sum(figures.get("excluded", {}).values())
    return Tile(metric, said.parts, said.lines, mean, left_out)


def _said(metric: Metric, figures: dict[str, Any]) -> _Said:
    if figures.get("hidden"):
        return _Said(_not_enough(1), ["Hidden: fewer than five cases"])
    match metric.unit:
        case Unit.SECONDS | Unit.COUNT:
            return _duration(metric, figures)
        case Unit.FRACTION:
            return _share(metric, figures)
        case Unit.TICKETS:
            return _stock(figures)


def _mean(metric: Metric, mean: float | None) -> str:
    if mean is None:
        return ""
    return f"{mean:.1f}" if metric.unit is Unit.COUNT else duration(mean)


def percent(share: float) -> str:
    """A fraction of 1 in whole percents."""
    return f"{100 * share:.0f}"


def _duration(metric: Metric, figures: dict[str, Any]) -> _Said:
    n = figures["n"]
    if n < FEW:
        few = ", ".join(map(metric.say, figures["values"]))
        said = [f"{plural(n, metric.noun)}: {few}" if n else _nothing(metric, figures)]
        return _Said(_not_enough(n), [*said, *_asides(figures)])
    said = [f"median of {plural(n, metric.noun)}", f"9 in 10 within {metric.say(figures['p90'])}"]
    if figures["low"] is not None:
        said.append(f"95% interval {metric.say(figures['low'])} – {metric.say(figures['high'])}")
    if "km_median" in figures:
        said.append(_with_those_waiting(metric, figures))
    return _Said(_parts(metric, figures["median"]), [*said, *_asides(figures)])


def _nothing(metric: Metric, figures: dict[str, Any]) -> str:
    """That there is no case: none at all, or none that counts."""
    if left_out := sum(figures.get("excluded", {}).values()):
        return f"None that counts, {number(left_out)} left out"
    return f"No {metric.noun}s in this period" if not _asides(figures) else "None that counts yet"


def _with_those_waiting(metric: Metric, figures: dict[str, Any]) -> str:
    """The Kaplan-Meier median, beside the plain one."""
    median = figures.get("km_median")
    said = "not reached yet" if median is None else metric.say(median)
    return f"with those still waiting: {said}"


def _share(metric: Metric, figures: dict[str, Any]) -> _Said:
    n, hits = figures["n"], figures["hits"]
    if not n:
        lines = [_nothing(metric, figures), *_responses(figures)]
        return _Said(_not_enough(n), lines)
    parts = [(percent(figures["value"]), "%")] if n >= FEW else [(f"{hits}", f" of {n}")]
    interval = f"95% interval {percent(figures['low'])} – {percent(figures['high'])}%"
    counted = f"{number(hits)} of {plural(n, metric.noun)}"
    return _Said(parts, [counted, interval, *_responses(figures), *_asides(figures)])


def _stock(figures: dict[str, Any]) -> _Said:
    n, age = figures["value"], figures["oldest"]
    if age is None:
        oldest = "The age of fewer than five is hidden" if n else "All clear"
    else:
        oldest = f"oldest {duration(age)}"
    return _Said([(number(n), "")], [oldest])


def _parts(metric: Metric, value: int) -> list[tuple[str, str]]:
    """ "1h 12m" as (1, h), (12, m); a plain number alone."""
    words = metric.say(value)
    if metric.unit is Unit.COUNT:
        return [(words, "")]
    return [(word[:-1], word[-1]) for word in words.split()]


def _not_enough(n: int) -> list[tuple[str, str]]:
    return [("", "not enough data")] if n else [("–", "")]


def _asides(figures: dict[str, Any]) -> list[str]:
    words = {"waiting": "still waiting", "provisional": "may still change"}
    return [f"{number(figures[key])} {said}" for key, said in words.items() if figures.get(key)]


def _responses(figures: dict[str, Any]) -> list[str]:
    share = figures.get("response_rate")
    if share is None:
        return []
    return [f"{percent(share)}% of {number(figures['delivered'])} asked answered"]
