"""Metrics: make everything that the page shows, of what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.db import at_one_moment
from app.metrics.caches.courses import course
from app.metrics.caches.days import Hours, arrivals, identity
from app.metrics.caches.grouping import groups
from app.metrics.caches.moving import Moved, moved_since
from app.metrics.caches.reading import KeptSample, kept_values
from app.metrics.caches.stand import Stand
from app.metrics.caches.survivals import survivals
from app.metrics.caches.terms import Used, used
from app.metrics.day_span import DaySpan
from app.metrics.filtering import Key
from app.metrics.overview import Overview, overview_of
from app.metrics.period import day_of
from app.metrics.picture.asked import Asked, a_year_before, before
from app.metrics.picture.comparing import Change, change
from app.metrics.picture.curve import Curve, curve
from app.metrics.picture.distribution import Stretch, distribution
from app.metrics.picture.sides import Side, sides
from app.metrics.picture.trends import Trend, trend
from app.metrics.reports.figures_of import figures
from app.metrics.reports.flow import Flow
from app.metrics.reports.report import versions_of
from app.metrics.standing import standing
from app.worktime.calendars import calendars

_DRAWN = ("ttr_full", "frt", "fcr", "csat")
_COMPARED = (*_DRAWN, "one_touch", "reopen_rate")
_SURVIVING = ("frt", "lifetime")


@dataclass(frozen=True, slots=True)
class Picture:
    """The overview, with `km_median` beside medians, and what is drawn and tabled below it.

    `changes` hold for each figure what changed against the days before and against the same days a year
    ago, or None.  `flows` has a part for each step of the overview; `identity` is empty on a desk without
    tickets.  `calendars` are the days from which versions of business hours count, as far as they were
    known; `used` is what filters can name.
    """

    asked: Asked
    overview: Overview
    calendars: Mapping[str, Sequence[str]]
    changes: Mapping[str, tuple[Change | None, Change | None]]
    trends: Sequence[Trend]
    distribution: Sequence[Stretch]
    curve: Curve | None
    arrivals: Hours
    flows: Sequence[Flow]
    identity: Mapping[str, int]
    sides: Sequence[Side]
    used: Used


def make_picture(asked: Asked) -> Picture:
    """Everything of these days as it stands, or stood, in a constant number of statements.

    Raises NotReady.
    """
    with at_one_moment():  # for what is left is reckoned back from what is there now
        return _make(asked)


def _make(asked: Asked) -> Picture:
    stand = standing(as_of_on=asked.as_of_on, where=asked.where)
    overview, made = overview_of(asked.days, hours=asked.hours, stand=stand, by=asked.by)
    known = versions_of(calendars(as_of=stand.as_of))
    kept = {id: sample for id, sample in made.items() if isinstance(sample, KeptSample)}
    if overview.began_at is None:
        return Picture(asked, overview, known, {}, (), (), None, [], (), {}, (), Used())
    now = asked.until(stand.last_on)
    spans = [before(now), a_year_before(now)] if now else []
    compared = [asked.metric(id) for id in _COMPARED]
    earlier = kept_values(spans, metrics=compared, stand=stand) if spans else []
    first_on = _first_needed(asked, now)
    moved = moved_since(first_on, daily_from=asked.days.start_on, stand=stand)
    return Picture(
        asked=asked,
        overview=overview,
        calendars=known,
        changes=_changes(asked, overview, stand, moved, now, earlier),
        trends=_trends(asked, overview, stand, kept, earlier[0] if earlier else {}),
        distribution=distribution(kept[asked.metric("ttr_full").id]),
        curve=_survive(asked, overview, stand, kept),
        arrivals=arrivals(asked.days, stand=stand),
        flows=course(overview.steps, moved=moved, stand=stand),
        identity=identity(asked.days, moved=moved, where=asked.where),
        sides=_sides(asked, overview, stand),
        used=used(),
    )


def _first_needed(asked: Asked, now: DaySpan | None) -> date | None:
    """The first day whose moves are shown, or that the backlog is compared with; None means all of them."""
    days = [asked.days.start_on, a_year_before(now).end_on if now else None]
    return min((day for day in days if day), default=None)


def _survive(
    asked: Asked, overview: Overview, stand: Stand, kept: Mapping[str, KeptSample]
) -> Curve | None:
    """Add the Kaplan-Meier medians to the figures; gives the curve of whole lives."""
    found = survivals(asked.days, kept, ids=[id for id in _SURVIVING if id in kept], stand=stand)
    for id, survival in found.items():
        if not overview.figures[id].get("hidden"):
            overview.figures[id]["km_median"] = survival.median
    whole = found.get("lifetime")
    return curve(whole, plain=overview.figures["lifetime"].get("median")) if whole else None


def _changes(
    asked: Asked,
    overview: Overview,
    stand: Stand,
    moved: Moved,
    now: DaySpan | None,
    earlier: Sequence[Mapping[str, KeptSample]],
) -> dict[str, tuple[Change | None, Change | None]]:
    if not now:
        return {}
    made = {}
    for metric in (asked.metric(id) for id in _COMPARED):
        then = [figures(metric, samples[metric.id]) for samples in earlier]
        first, second = (change(metric, overview.figures[metric.id], each) for each in then)
        made[metric.id] = (first, second)
    backlog = asked.metric("backlog")
    now_on_desk = overview.figures[backlog.id]
    ends = (before(now).end_on, a_year_before(now).end_on)
    stood = [_backlog_then(overview, stand, moved, end_on) for end_on in ends]
    first, second = (change(backlog, now_on_desk, then) if then else None for then in stood)
    made[backlog.id] = (first, second)
    return made


def _backlog_then(
    overview: Overview, stand: Stand, moved: Moved, day: date | None
) -> dict[str, int] | None:
    """The backlog when a day began; None when there was no desk yet."""
    began_at = overview.began_at
    if day is None or began_at is None or day <= day_of(began_at, zone=stand.zone):
        return None
    return {"value": moved.left_before(day)}


def _trends(
    asked: Asked,
    overview: Overview,
    stand: Stand,
    kept: Mapping[str, KeptSample],
    earlier: Mapping[str, KeptSample],
) -> list[Trend]:
    made = []
    for metric in (asked.metric(id) for id in _DRAWN):
        drawn = trend(
            metric, kept[metric.id], steps=overview.steps, as_of=stand.as_of,
            zone=stand.zone, earlier=earlier.get(metric.id),
        )  # fmt: skip
        made.append(drawn.discreet() if stand.where.names_people else drawn)
    return made


def _sides(asked: Asked, overview: Overview, stand: Stand) -> list[Side]:
    metrics = [asked.metric(id) for id in ("frt", "ttr_full", "one_touch", "csat")]
    found = groups(asked.days, metrics=metrics, key=asked.by, stand=stand)
    steps = overview.steps if asked.by is Key.TEAM else ()
    return sides(found, key=asked.by, metrics=metrics, steps=steps, stand=stand)
