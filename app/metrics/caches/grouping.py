"""Metrics: the same figures for each team or person, from what is kept."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from itertools import compress, repeat
from operator import and_

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
        (members,) = columns_in(rest, [column])
        last = _last_second(dated.get(name), day_on, as_of=stand.as_of, zone=stand.zone)
        passes = passing(rest, sieve) if sieve else None
        if last is not None:
            (seconds,) = columns_in(rest, [_SECOND])
            passes = map(and_, map(last.__ge__, seconds), passes or repeat(True))
        parts = _parts(values_in(numbers), members, passes)
        for member, values in parts.items():
            _add(found[member], name, day_on, values, dated)
    if key is not Key.TEAM:
        return {number or None: group for number, group in found.items()}
    terms = words()
    return {_value(terms.get(number)): group for number, group in found.items()}


def _parts(
    values: "array[int]", members: "array[int]", passes: Iterable[bool] | None
) -> dict[int, "array[int]"]:
    """The values of each member, of the rows that pass; quick where there is only one, as there often is."""
    if passes is not None:
        good = [*passes]
        values, members = (array(each.typecode, compress(each, good)) for each in (values, members))
    if members and members.count(members[0]) == len(members):
        return {members[0]: values}
    parts: dict[int, array[int]] = defaultdict(lambda: array("i"))
    for member, value in zip(members, values, strict=True):
        parts[member].append(value)
    return parts


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
