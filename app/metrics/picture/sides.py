"""Metrics: teams or people side by side, without ranking them (METRICS.md 5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from app.metrics.caches.grouping import Group
from app.metrics.caches.stand import Stand
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import PERSONAL, Key, Value
from app.metrics.period import Period, day_of
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.reports.hiding import guarded


@dataclass(frozen=True, slots=True)
class Side:
    """One of them: figures by id, None of nothing, and the tickets that came, step by step."""

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
    is_personal = key in PERSONAL or stand.where.names_people
    said = discreet if is_personal else figures
    ordered = sorted(groups, key=lambda v: (v is None, isinstance(v, str), v or 0, ""))
    made = {
        value: {m.id: said(m, of[m.id]) for m in asked if m.id in of}
        for value, of in ((value, groups[value].samples) for value in ordered)
    }
    told = guarded(made, by=key) if is_personal else made
    return [
        Side(
            value=value,
            created=sum(groups[value].created.values()),
            on_desk=groups[value].on_desk,
            figures={metric.id: told[value].get(metric.id) for metric in asked},
            arrivals=[_came(groups[value], s.start_at, s.end_at, stand.zone) for s in steps],
        )
        for value in ordered
    ]


def _came(group: Group, start_at: datetime | None, end_at: datetime | None, zone: tzinfo) -> int:
    if start_at is None or end_at is None:
        return 0
    first, after = day_of(start_at, zone=zone), day_of(end_at, zone=zone)
    return sum(count for day, count in group.created.items() if first <= day < after)
