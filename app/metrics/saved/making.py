"""Metrics: make the figures of a saved report, of what is kept."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from app.core.db import at_one_moment
from app.metrics import queries
from app.metrics.caches.desk import desk_now
from app.metrics.caches.parting import parted, parted_by_time
from app.metrics.caches.reading import KeptSample, kept_samples
from app.metrics.caches.stand import Stand
from app.metrics.caches.standing import standing_now, stood_before
from app.metrics.caches.survivals import survivals
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.catalogue import CATALOGUE, VERSION
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import Key, Value
from app.metrics.period import day_of, days, months, weeks
from app.metrics.picture.comparing import Change, change
from app.metrics.reports.figures_of import discreet, figures
from app.metrics.reports.hiding import guarded
from app.metrics.sample import Evidence, Sample
from app.metrics.saved.question import Wanted
from app.metrics.standing import standing

MOST_STEPS = 120
MOST_GROUPS = 500
K = TypeVar("K")
UNSAID = "#"
"""The key of cases of which nothing was said: no tag begins so, and "none" is one."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row: its value, or the days of its step; its figures by id, and those of the days before."""

    value: Value
    days: DaySpan | None = None
    figures: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    earlier: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it is called in addresses."""
        if self.days and self.days.start_on:
            return self.days.start_on.isoformat()
        return UNSAID if self.value is None else str(self.value)

    def changes(self, metric: Metric) -> Change | None:
        """What changed of a figure; None where nobody can tell, or should."""
        now, then = self.figures.get(metric.id), self.earlier.get(metric.id)
        if not now or not then or now.get("hidden") or then.get("hidden"):
            return None
        return change(metric, now, then)


@dataclass(frozen=True, slots=True)
class Made:
    """The figures of everything that was asked for, and of each group.

    `more` is how many groups with fewer cases there are; `began_at` is None on a desk without tickets.
    """

    wanted: Wanted
    as_of: datetime
    began_at: datetime | None
    whole: Group
    groups: Sequence[Group] = ()
    more: int = 0
    step: Step | None = None
    version: int = VERSION


def make(wanted: Wanted) -> Made:
    """The figures, in a number of statements that does not depend on groups or tickets.  Raises NotReady."""
    with at_one_moment():
        return _made(wanted)


def _made(wanted: Wanted) -> Made:
    stand = standing(as_of_on=wanted.asked.as_of_on, where=wanted.asked.where)
    span = queries.span_of(stand)
    if span is None:
        return Made(wanted, stand.as_of, None, Group(None))
    began_on = day_of(span[0], zone=stand.zone)
    if wanted.before and wanted.before.end_on and wanted.before.end_on <= began_on:
        wanted = replace(wanted, before=None)  # there was no desk to compare with
    as_of, maker = stand.as_of, _Maker(wanted, stand)
    whole = Group(
        None,
        figures=maker.whole(wanted.asked.days),
        earlier=_past(maker.whole(wanted.before)) if wanted.before else {},
    )
    match wanted.by:
        case Key():
            groups, more = maker.groups(wanted.by)
            return Made(wanted, as_of, span[0], whole, groups, more=more)
        case Step():
            step, cut = maker.steps(wanted.by, began_on=began_on)
            return Made(wanted, as_of, span[0], whole, maker.by_time(cut), step=step)
        case _:
            return Made(wanted, as_of, span[0], whole)


class _Maker:
    """Reads what is kept for one question."""

    def __init__(self, wanted: Wanted, stand: Stand) -> None:
        self.wanted, self.stand, self.zone = wanted, stand, stand.zone
        self.metrics, self.today = wanted.metrics, stand.last_on

    def whole(self, days: DaySpan) -> dict[str, dict[str, Any]]:
        """The figures of all cases of these days."""
        kept = kept_samples(days, metrics=self.metrics, stand=self.stand)
        made: dict[str, Evidence] = {**kept}
        if self.asks_for_now(days):
            made |= desk_now(self.stand)
        if end_on := self.past_end(days):
            stood = stood_before([end_on], key=None, stand=self.stand)
            made["backlog"] = stood[end_on][None]
        found = self.said(made)
        self._add_survivals(days, kept, found)
        return found

    def groups(self, key: Key) -> tuple[list[Group], int]:
        """The groups with the most cases, and what they had in the days before; how many more there are."""
        now = _Parts(self, self.wanted.asked.days, key)
        then = _Parts(self, self.wanted.before, key) if self.wanted.before else None
        chosen, more = now.largest(MOST_GROUPS)
        found = self.said_of_rows(now.samples(chosen))
        earlier = self.said_of_rows(then.samples(chosen)) if then else {}
        made = [
            Group(value, figures=figures, earlier=_past(earlier.get(value, {})))
            for value, figures in found.items()
        ]
        return made, more

    def by_time(self, cut: Sequence[DaySpan]) -> list[Group]:
        """The figures step by step.  What is only known of now stands in no step."""
        found = parted_by_time(
            self.wanted.asked.days,
            [each.start_on for each in cut if each.start_on],
            metrics=self.metrics,
            stand=self.stand,
        )
        stood = self._backlogs(cut)
        rows: dict[DaySpan, Mapping[str, Evidence]] = {
            each: {**found.get(each.start_on or date.min, {}), **stood.get(each.end_on, {})}
            for each in cut
        }
        said = self.said_of_rows(rows)
        return [Group(None, each, _past(figures)) for each, figures in said.items()]

    def steps(self, step: Step, *, began_on: date) -> tuple[Step, list[DaySpan]]:
        """The parts of the days up to today, in larger steps where there would be too many."""
        drawn = self.wanted.asked.days.closed(first_on=began_on, last_on=self.today)
        start_on, end_on = drawn.start_on or began_on, drawn.end_on or self.today
        cuts = {Step.DAY: days, Step.WEEK: weeks, Step.MONTH: months}
        cut: list[DaySpan] = []
        for each in [*Step][[*Step].index(step) :]:
            periods = cuts[each](max(start_on, began_on), end_on, zone=self.zone)
            step, cut = each, [self._span(period.start_at, period.end_at) for period in periods]
            if len(cut) <= MOST_STEPS:
                break
        return step, cut

    def _span(self, start_at: datetime | None, end_at: datetime | None) -> DaySpan:
        ends = (each and day_of(each, zone=self.zone) for each in (start_at, end_at))
        return DaySpan(*ends)

    def asks_for_now(self, days: DaySpan) -> bool:
        """Whether a figure is asked for that is read from the desk as it is now."""
        asks_backlog = self.wanted.asks_for("backlog") and not self.past_end(days)
        return asks_backlog or self.wanted.asks_for("open_age")

    def past_end(self, days: DaySpan) -> date | None:
        """The day at whose beginning the backlog is asked for; None when that is now, or not asked."""
        end_on = days.end_on if self.wanted.asks_for("backlog") else None
        return end_on if end_on and end_on <= self.today else None

    def _backlogs(self, cut: Sequence[DaySpan]) -> dict[date | None, dict[str, Evidence]]:
        """What was left at the end of each step, by the day after it."""
        if not self.wanted.asks_for("backlog"):
            return {}
        past = [each.end_on for each in cut if each.end_on and each.end_on <= self.today]
        stood = stood_before(past, key=None, stand=self.stand) if past else {}
        made: dict[date | None, dict[str, Evidence]] = {
            end_on: {"backlog": samples[None]} for end_on, samples in stood.items()
        }
        if cut and cut[-1].end_on == self.today + timedelta(days=1):
            now = desk_now(self.stand)
            made[cut[-1].end_on] = {"backlog": now["backlog"]}
        return made

    def said(self, samples: Mapping[str, Evidence]) -> dict[str, dict[str, Any]]:
        """The figures; what would tell too much about one person is hidden."""
        said = discreet if self.wanted.tells_of_people else figures
        empty = {
            metric.id: KeptSample(also=dict.fromkeys(metric.lists, range(0)))
            for metric in self.metrics
        }
        return {
            metric.id: said(metric, samples.get(metric.id, empty[metric.id]))
            for metric in self.metrics
        }

    def said_of_rows(
        self, rows: Mapping[K, Mapping[str, Evidence]]
    ) -> dict[K, dict[str, dict[str, Any]]]:
        """The same row by row; what is hidden does not follow from the whole and the other rows either."""
        made = {key: self.said(samples) for key, samples in rows.items()}
        return guarded(made, by=self.wanted.by) if self.wanted.tells_of_people else made

    def _add_survivals(
        self, days: DaySpan, kept: Mapping[str, KeptSample], found: dict[str, dict[str, Any]]
    ) -> None:
        ids = [id for id in kept if CATALOGUE[id].survives and not found[id].get("hidden")]
        if not ids:
            return
        survived = survivals(days, kept, ids=ids, stand=self.stand)
        for id, survival in survived.items():
            found[id]["km_median"] = survival.median


def _past(figures: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without what is only known of now."""
    return {id: figure for id, figure in figures.items() if id != "open_age"}


class _Parts:
    """The groups of some days."""

    def __init__(self, maker: _Maker, days: DaySpan, key: Key) -> None:
        self.metrics = maker.metrics
        self.parted = parted(days, metrics=maker.metrics, key=key, stand=maker.stand)
        self.standing: Mapping[Value, Mapping[str, Evidence]] = {}
        if maker.asks_for_now(days):
            self.standing = standing_now(key, stand=maker.stand)
        self.stood: Mapping[Value, Sample] | None = None
        if end_on := maker.past_end(days):
            self.stood = stood_before([end_on], key=key, stand=maker.stand)[end_on]

    def largest(self, most: int) -> tuple[list[Value], int]:
        """The groups with the most cases, and how many there are beside them."""
        sizes = Counter(self.parted.cases())
        for value, of_value in self.standing.items():
            sizes[value] += sum(len(each.ordered) for each in of_value.values())
        for value, sample in (self.stood or {}).items():
            sizes[value] += len(sample.values)
        chosen = [value for value, _ in sizes.most_common(most)]
        return chosen, len(sizes) - len(chosen)

    def samples(self, values: Collection[Value]) -> dict[Value, dict[str, Evidence]]:
        """What the figures of these groups are made of."""
        made: dict[Value, dict[str, Evidence]] = {}
        for value, samples in self.parted.samples(values, self.metrics).items():
            made[value] = {**samples, **self.standing.get(value, {})}
            if self.stood is not None:
                made[value]["backlog"] = self.stood.get(value, Sample())
        return made
