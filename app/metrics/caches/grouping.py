"""Metrics: the same figures for each team or person, from what is kept."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, compress
from typing import Any

from app.metrics.caches.fetching import rows_and_some, rows_of
from app.metrics.caches.page import REST, columns_in, teams_in, values_in
from app.metrics.caches.reading import Cutoff, KeptSample
from app.metrics.caches.series import CREATED, DESK
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.caches.terms import words
from app.metrics.day_span import DaySpan
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import EVERY, Key, Value, Where

_WHOLE = ("series", "day_on", "numbers", "rest")
_COLUMNS = {Key.TEAM: "team", Key.AGENT: "agent_id"}


@dataclass(slots=True)
class Group:
    """One of them: tickets created by day, what is on the desk now, and the cases of each figure.

    Who is credited with a ticket is not known when it comes, so people have no `created`; `on_desk` of a
    person is what is assigned to them.
    """

    created: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    on_desk: int = 0
    samples: dict[str, KeptSample] = field(default_factory=dict)


def groups(
    days: DaySpan, *, metrics: Iterable[Metric], key: Key, stand: Stand
) -> Mapping[Value, Group]:
    """Every team (by number, or name) or person (by number) that has a case; None is nobody.

    A constant number of statements, however many groups there are.
    """
    dated = {metric.id: metric for metric in metrics}
    cutoffs = {id: Cutoff.of(metric, stand=stand) for id, metric in dated.items()}
    seconds = {
        id: (cutoff.last_on, cutoff.last_second(zone=stand.zone))
        for id, cutoff in cutoffs.items()
        if cutoff and cutoff.leaves_out
    }
    series = [*dated, CREATED] if key is Key.TEAM else [*dated]
    found: dict[int, Group] = defaultdict(Group)

    if stand.where or key is not Key.TEAM:
        pages: Iterable[Any] = chain(
            rows_of(series, days, *_WHOLE, shelf=stand.shelf),
            rows_of([DESK], DaySpan(), *_WHOLE, shelf=stand.shelf),
        )
        parts = _parts(pages, _COLUMNS[key], stand.where, seconds)
    else:
        ends = {last_on for last_on, _ in seconds.values()}
        kept, whole = ("series", "day_on", "by_team"), ("numbers", "rest")
        pages = chain(
            rows_and_some(series, days, *kept, some=whole, on=ends, shelf=stand.shelf),
            rows_and_some([DESK], DaySpan(), *kept, some=whole, on=(), shelf=stand.shelf),
        )
        parts = _parts_of_teams(pages, seconds)
    for member, name, day_on, values in parts:
        _add(found[member], name, day_on, values, dated)
    if key is not Key.TEAM:
        return {number or None: group for number, group in found.items()}
    terms = words()
    return {_value(terms.get(number)): group for number, group in found.items()}


_Parts = Iterable[tuple[int, str, date, "array[int]"]]
"""Of each member, in each page, the values."""
_Seconds = Mapping[str, tuple[date, float]]
"""By series, the last day that is settled in part, and up to which second of it."""


def _parts_of_teams(rows: Iterable[Any], seconds: _Seconds) -> _Parts:
    """The parts of the teams in the pages, as they are kept; the settled ones."""
    for series, day_on, by_team, *whole in rows:
        last_on, _ = seconds.get(series, (date.max, 0))
        if day_on < last_on:
            for team, values in teams_in(by_team):
                yield team, series, day_on, values
        elif day_on == last_on:
            page = (series, day_on, *whole)
            yield from _parts([page], _COLUMNS[Key.TEAM], EVERY, seconds)


def _parts(rows: Iterable[Any], by: str, where: Where, seconds: _Seconds) -> _Parts:
    """The parts that pages have when they are parted row by row; the settled ones."""
    sieve, column = sieve_of(where), REST.index(by)
    for series, day_on, numbers, rest in rows:
        last_on, last = seconds.get(series, (date.max, 0))
        if day_on > last_on:
            continue
        (members,) = columns_in(rest, [column])
        cases: Iterable[tuple[int, int]] = zip(members, values_in(numbers), strict=True)
        if sieve:
            cases = compress(cases, passing(rest, sieve))
        if day_on == last_on:
            (times,) = columns_in(rest, [_SECOND])
            seconds_of = compress(times, passing(rest, sieve)) if sieve else times
            cases = compress(cases, (second <= last for second in seconds_of))
        made: dict[int, array[int]] = {}
        for member, value in cases:
            if member not in made:
                made[member] = array("i")
            made[member].append(value)
        for member, values in made.items():
            yield member, series, day_on, values


def _add(
    group: Group, name: str, day_on: date, values: "array[int]", dated: Mapping[str, Metric]
) -> None:
    if name == CREATED:
        group.created[day_on] += len(values)
    elif name == DESK:
        group.on_desk += len(values)
    else:
        beside = dict.fromkeys(dated[name].lists, range(0))
        sample = group.samples.setdefault(name, KeptSample(also=beside))
        sample.add(day_on, values)


def _value(term: object) -> Value:
    return term if isinstance(term, int | str) else None


_SECOND = REST.index("second")
