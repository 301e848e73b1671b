"""Metrics: a headline figure in words, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.web.filters import duration, number, plural
from app.metrics.catalogue import Metric, Unit
from app.metrics.sample import Sample

FEW = 5
"""Below this many cases the page shows the cases (METRICS.md 2.10)."""


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


def tile(metric: Metric, figures: dict[str, Any], sample: Sample) -> Tile:
    """The tile of one metric."""
    said = _said(metric, figures, sample)
    mean = duration(figures["mean"]) if figures.get("mean") is not None else ""
    left_out = sum(figures["excluded"].values())
    return Tile(metric, said.parts, said.lines, mean, left_out)


def _said(metric: Metric, figures: dict[str, Any], sample: Sample) -> _Said:
    match metric.unit:
        case Unit.SECONDS:
            return _duration(metric, figures, sample)
        case Unit.FRACTION:
            return _share(metric, figures)
        case Unit.TICKETS:
            return _stock(figures, sample)


def percent(share: float) -> str:
    """A fraction of 1 in whole percents."""
    return f"{100 * share:.0f}"


def _duration(metric: Metric, figures: dict[str, Any], sample: Sample) -> _Said:
    n = figures["n"]
    if n < FEW:
        few = ", ".join(map(duration, sorted(sample.values)))
        said = [f"{plural(n, metric.noun)}: {few}" if n else f"No {metric.noun}s in this period"]
        return _Said(_not_enough(n), [*said, *_asides(figures)])
    said = [f"median of {plural(n, metric.noun)}", f"9 in 10 within {duration(figures['p90'])}"]
    if figures["low"] is not None:
        said.append(f"95% CI {duration(figures['low'])} – {duration(figures['high'])}")
    return _Said(_parts(duration(figures["median"])), [*said, *_asides(figures)])


def _share(metric: Metric, figures: dict[str, Any]) -> _Said:
    n, hits = figures["n"], figures["hits"]
    if not n:
        lines = [f"No {metric.noun}s in this period", *_responses(figures)]
        return _Said(_not_enough(n), lines)
    parts = [(percent(figures["value"]), "%")] if n >= FEW else [(f"{hits}", f" of {n}")]
    interval = f"95% CI {percent(figures['low'])} – {percent(figures['high'])}%"
    counted = f"{number(hits)} of {plural(n, metric.noun)}"
    return _Said(parts, [counted, interval, *_responses(figures), *_asides(figures)])


def _stock(figures: dict[str, Any], sample: Sample) -> _Said:
    oldest = [f"oldest {duration(max(sample.values))}"] if sample.values else ["All clear"]
    return _Said([(number(figures["value"]), "")], oldest)


def _parts(words: str) -> list[tuple[str, str]]:
    """ "1h 12m" as (1, h), (12, m)."""
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
