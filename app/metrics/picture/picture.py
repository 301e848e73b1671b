"""Metrics: make everything that the page shows, of what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.settings import settings
from app.metrics.caches.days import Hours, arrivals, identity
from app.metrics.caches.grouping import groups
from app.metrics.caches.reading import KeptSample, backlog_before, kept_samples
from app.metrics.caches.survivals import survivals
from app.metrics.day_span import DaySpan
from app.metrics.filtering import Key
from app.metrics.overview import Overview, overview_of
from app.metrics.period import day_of
from app.metrics.picture.asked import Asked, a_year_before, before
from app.metrics.picture.comparing import Change, change
from app.metrics.picture.distribution import Stretch, distribution
from app.metrics.picture.sides import Side, sides
from app.metrics.picture.trends import Trend, trend
from app.metrics.reports.figures_of import figures
from app.metrics.sample import Evidence

_DRAWN = ("ttr_full", "frt", "fcr", "csat")
_COMPARED = (*_DRAWN, "one_touch", "reopen_rate")
_SURVIVING = ("frt", "lifetime")


@dataclass(frozen=True, slots=True)
class Picture:
    """The overview, with `km_median` beside medians, and what is drawn and tabled below it.

    `changes` hold for each figure what changed against the days before and against the same days a year
    ago, or None.  `identity` is None where only a part of the desk is read.
    """

    asked: Asked
    overview: Overview
    changes: Mapping[str, tuple[Change | None, Change | None]]
    trends: Sequence[Trend]
    distribution: Sequence[Stretch]
    arrivals: Hours
    identity: Mapping[str, int] | None
    sides: Sequence[Side]


def make_picture(asked: Asked) -> Picture:
    """Everything of these days as of now, in a constant number of statements."""
    overview, made = overview_of(asked.days, hours=asked.hours, where=asked.where)
    kept = {id: sample for id, sample in made.items() if isinstance(sample, KeptSample)}
    if overview.began_at is None or not kept:
        return Picture(asked, overview, {}, (), (), [], None, ())
    _add_survivals(asked, overview, kept)
    now = asked.until(day_of(overview.as_of, zone=settings().zone))
    earlier = (
        [_samples(asked, overview, days) for days in (before(now), a_year_before(now))]
        if now
        else []
    )
    return Picture(
        asked=asked,
        overview=overview,
        changes=_changes(asked, overview, now, earlier),
        trends=_trends(asked, overview, kept, earlier[0] if earlier else {}),
        distribution=distribution(kept[asked.metric("ttr_full").id]),
        arrivals=arrivals(asked.days, zone=settings().zone, where=asked.where),
        identity=None if asked.where else identity(asked.days),
        sides=_sides(asked, overview),
    )  # fmt: skip


def _add_survivals(asked: Asked, overview: Overview, kept: Mapping[str, KeptSample]) -> None:
    ids = [id for id in _SURVIVING if id in kept]
    found = survivals(
        asked.days, kept, ids=ids, as_of=overview.as_of, zone=settings().zone, where=asked.where
    )
    for id, survival in found.items():
        overview.figures[id]["km_median"] = survival.median


def _samples(asked: Asked, overview: Overview, days: DaySpan) -> dict[str, Evidence]:
    """What the compared figures were made of then."""
    metrics = [asked.metric(id) for id in _COMPARED]
    return {
        **kept_samples(
            days, metrics=metrics, as_of=overview.as_of, zone=settings().zone, where=asked.where
        )
    }


def _changes(
    asked: Asked, overview: Overview, now: DaySpan | None, earlier: Sequence[Mapping[str, Evidence]]
) -> dict[str, tuple[Change | None, Change | None]]:
    if not now:
        return {}
    made = {}
    for metric in (asked.metric(id) for id in _COMPARED):
        then = [figures(metric, samples[metric.id]) for samples in earlier]
        first, second = (change(metric, overview.figures[metric.id], each) for each in then)
        made[metric.id] = (first, second)
    if not asked.where:
        backlog = asked.metric("backlog")
        now_on_desk = overview.figures[backlog.id]
        ends = (before(now).end_on, a_year_before(now).end_on)
        stood = [_backlog_then(overview, end_on) for end_on in ends]
        first, second = (change(backlog, now_on_desk, then) if then else None for then in stood)
        made[backlog.id] = (first, second)
    return made


def _backlog_then(overview: Overview, day: date | None) -> dict[str, Any] | None:
    """The backlog when a day began; None when there was no desk yet."""
    zone = settings().zone
    if day is None or overview.began_at is None or day <= day_of(overview.began_at, zone=zone):
        return None
    return {"value": backlog_before(day)}


def _trends(
    asked: Asked,
    overview: Overview,
    kept: Mapping[str, KeptSample],
    earlier: Mapping[str, Evidence],
) -> list[Trend]:
    made = []
    for metric in (asked.metric(id) for id in _DRAWN):
        then: Any = earlier.get(metric.id)
        drawn = trend(
            metric, kept[metric.id], steps=overview.steps, as_of=overview.as_of,
            zone=settings().zone, earlier=then if isinstance(then, KeptSample) else None,
        )  # fmt: skip
        made.append(drawn)
    return made


def _sides(asked: Asked, overview: Overview) -> list[Side]:
    metrics = [asked.metric(id) for id in ("frt", "ttr_full", "one_touch", "csat")]
    zone = settings().zone
    found = groups(
        asked.days,
        metrics=metrics,
        key=asked.by,
        as_of=overview.as_of,
        zone=zone,
        where=asked.where,
    )
    steps = overview.steps if asked.by is Key.TEAM else ()
    return sides(found, key=asked.by, metrics=metrics, steps=steps, zone=zone)
