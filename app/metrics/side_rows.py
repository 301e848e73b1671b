"""Metrics: teams or people side by side, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.settings import settings
from app.core.web.filters import number
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.filtering import Key, Value
from app.metrics.picture.picture import Picture
from app.metrics.picture.sides import Side
from app.metrics.reports.figures_of import FEW

WIDTH, HEIGHT, EDGE = 96, 24, 3


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row: its name, what it is called in addresses, its figures in words, and a line of arrivals."""

    name: str
    value: str
    created: str
    on_desk: str
    figures: Sequence[tuple[Metric, str, str]]
    line: str


def side_rows(seen: Picture, names: Mapping[int, str]) -> list[SideRow]:
    """In order of their names, nobody last: no rank."""
    rows = [_row(side, seen, names) for side in seen.sides]
    rows.sort(key=lambda row: (row.value == "none", row.name.casefold()))
    return rows


def _row(side: Side, seen: Picture, names: Mapping[int, str]) -> SideRow:
    end_at = seen.overview.days.period(zone=settings().zone).end_at
    is_over = end_at is not None and end_at < seen.overview.as_of
    return SideRow(
        name=_name(side.value, names, seen.asked.by),
        value="none" if side.value is None else str(side.value),
        created=number(side.created),
        on_desk="–" if is_over else number(side.on_desk),
        figures=[(CATALOGUE[id], *_said(CATALOGUE[id], made)) for id, made in side.figures.items()],
        line=_line(side.arrivals),
    )


def _name(value: Value, names: Mapping[int, str], by: Key) -> str:
    if value is None:
        return "No team" if by is Key.TEAM else "Nobody of ours"
    if isinstance(value, int):
        return names.get(value, f"No longer here ({value})")
    return value


def _said(metric: Metric, made: dict[str, Any] | None) -> tuple[str, str]:
    """The figure, nothing where it is not told; and how sure it is and of how many cases."""
    if made is None or not made["n"]:
        return "", "not enough data"
    n = f"of {number(made['n'])}"
    if made["n"] < FEW:
        return "", f"not enough data, {n}"
    if made.get("hidden"):
        return "", f"hidden, {n}"
    if metric.unit is Unit.FRACTION:
        low, high = (f"{100 * made[end]:.0f}" for end in ("low", "high"))
        return f"{100 * made['value']:.0f}%", f"{low}–{high}%, {n}"
    return metric.say(made["median"]), n


def _line(counts: Sequence[int]) -> str:
    """The points of a small line, from zero."""
    if len(counts) < 2 or not max(counts):
        return ""
    step = (WIDTH - 4) / (len(counts) - 1)
    tall = HEIGHT - 2 * EDGE
    return " ".join(
        f"{2 + step * index:.1f},{HEIGHT - EDGE - tall * count / max(counts):.1f}"
        for index, count in enumerate(counts)
    )
