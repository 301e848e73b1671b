"""Metrics: the same figures for each team or person, from what is kept."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from sqlalchemy import select

from app.core.db import db
from app.metrics.caches.page import REST, columns_in, values_in
from app.metrics.caches.reading import KeptSample
from app.metrics.caches.series import CREATED, DESK
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand, within
from app.metrics.caches.terms import words
from app.metrics.day_span import DaySpan
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import Key, Value
from app.metrics.period import day_of, midnight

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

    Two or three statements, however many groups there are.
    """
    dated = {metric.id: metric for metric in metrics}
    found: dict[int, Group] = defaultdict(Group)
    column, sieve = REST.index(_COLUMNS[key]), sieve_of(stand.where)
    series = [*dated, CREATED] if key is Key.TEAM else [*dated]
    pages = stand.pages
    rows = select(pages.series, pages.day_on, pages.numbers, pages.rest)
    these = rows.where(pages.series.in_(series), *within(days, pages))
    desk = rows.where(pages.series == DESK)
    for name, day_on, numbers, rest in db.session.execute(these.union_all(desk)):
        (members, seconds) = columns_in(rest, [column, _SECOND])
        passes = passing(rest, sieve) if sieve else [True] * len(members)
        last = _last_second(dated.get(name), day_on, as_of=stand.as_of, zone=stand.zone)
        parts: dict[int, array[int]] = defaultdict(lambda: array("i"))
        for member, value, second, good in zip(
            members, values_in(numbers), seconds, passes, strict=True
        ):
            if good and (last is None or second <= last):
                parts[member].append(value)
        for member, values in parts.items():
            _add(found[member], name, day_on, values, dated)
    if key is not Key.TEAM:
        return {number or None: group for number, group in found.items()}
    terms = words()
    return {_value(terms.get(number)): group for number, group in found.items()}


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
        sample.by_day[day_on] = values


def _last_second(
    metric: Metric | None, day_on: date, *, as_of: datetime, zone: tzinfo
) -> float | None:
    """Up to which second of the day cases count, where unsettled ones are left out."""
    if metric is None or metric.settling is None or not metric.settling.leaves_out:
        return None
    until = as_of - metric.settling.window
    if day_on < day_of(until, zone=zone):
        return None
    return (until - midnight(day_on, zone=zone)).total_seconds()


def _value(term: object) -> Value:
    return term if isinstance(term, int | str) else None


_SECOND = REST.index("second")
