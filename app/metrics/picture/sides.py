"""Metrics: teams or people side by side, without ranking them (METRICS.md 5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from app.metrics.caches.grouping import Group
from app.metrics.caches.stand import Stand
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import Key, Value
from app.metrics.period import Period, day_of
from app.metrics.reports.figures_of import figures, is_hidden


@dataclass(frozen=True, slots=True)
class Side:
    """One of them: figures by id, None where they are hidden, and the tickets that came, step by step."""

    value: Value
    created: int
    on_desk: int
    figures: Mapping[str, dict[str, Any] | None]
    arrivals: Sequence[int]


def sides(
    groups: Mapping[Value, Group],
    *,
    key: Key,
    metrics: Iterable[Metric],
    steps: Sequence[Period],
    stand: Stand,
) -> list[Side]:
    """A row for each group, in order of its value; nobody comes last.

    Figures of one person, also where a filter names people, are hidden where they are made of fewer than
    five cases.
    """
    asked = [*metrics]
    is_personal = key is Key.AGENT or stand.where.names_people
    ordered = sorted(groups, key=lambda v: (v is None, isinstance(v, str), v or 0, ""))
    return [
        _side(value, groups[value], asked, steps, stand.zone, is_personal=is_personal)
        for value in ordered
    ]


def _side(
    value: Value, group: Group, metrics: Sequence[Metric], steps: Sequence[Period], zone: tzinfo,
    *, is_personal: bool,
) -> Side:  # fmt: skip
    made: dict[str, dict[str, Any] | None] = {}
    for metric in metrics:
        sample = group.samples.get(metric.id)
        hidden = sample is None or (is_personal and is_hidden(metric, sample))
        made[metric.id] = None if hidden or sample is None else figures(metric, sample)
    return Side(
        value=value,
        created=sum(group.created.values()),
        on_desk=group.on_desk,
        figures=made,
        arrivals=[_came(group, step.start_at, step.end_at, zone) for step in steps],
    )


def _came(group: Group, start_at: datetime | None, end_at: datetime | None, zone: tzinfo) -> int:
    if start_at is None or end_at is None:
        return 0
    first, after = day_of(start_at, zone=zone), day_of(end_at, zone=zone)
    return sum(count for day, count in group.created.items() if first <= day < after)
