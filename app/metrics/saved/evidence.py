"""Metrics: the tickets behind a figure of a saved report, or behind that of one of its groups."""

from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import NotFound
from app.metrics import evidence
from app.metrics.asking import number_in
from app.metrics.caches.sieve import is_term
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.filtering import Key, Value, Where
from app.metrics.reports.figures_of import is_of_few
from app.metrics.reports.hiding import hides_something
from app.metrics.sample import Sample
from app.metrics.saved.making import UNSAID, Group, Made
from app.metrics.standing import standing


@dataclass(frozen=True, slots=True)
class Part:
    """The days and the cases of a row, and whether they may be those of one person.

    `as_of_on` is the day at whose end they are looked at; `hidden` are the ids of figures of which nothing,
    or of the desk no age, is told for the sake of another row.
    """

    days: DaySpan
    where: Where
    is_person: bool
    as_of_on: date | None
    hidden: frozenset[str] = frozenset()


def part_of(made: Made, key: str) -> Part:
    """What a row of the report is made of; of no key, everything.  Raises NotFound."""
    wanted, asked = made.wanted, made.wanted.asked
    whole = Part(asked.days, asked.where, wanted.tells_of_people, asked.as_of_on)
    if not key:
        return whole
    row = next((group for group in made.groups if group.key == key), Group(None))
    hidden = frozenset(id for id, each in row.figures.items() if hides_something(each))
    match wanted.by:
        case Key():
            return replace(whole, where=_narrowed(asked.where, wanted.by, key), hidden=hidden)
        case Step() if row.days:
            return replace(whole, days=row.days, hidden=hidden)
    raise NotFound("This report has no such row.")


def sample(metric: Metric, part: Part) -> Sample | None:
    """Its tickets; None where they would tell too much about one person.  Raises NotReady."""
    stand = standing(as_of_on=part.as_of_on, where=part.where)
    found = evidence.sample(metric, part.days, stand=stand)
    is_count = metric.unit is Unit.TICKETS
    return found if is_count or tells_values(metric, part, found) else None


def tells_values(metric: Metric, part: Part, found: Sample) -> bool:
    """Whether the values of its tickets may be told; those of few of one person's may not."""
    return metric.id not in part.hidden and not (part.is_person and is_of_few(found))


def _narrowed(where: Where, key: Key, text: str) -> Where:
    """The conditions of the report and that of the row; both hold, also where they are of one key."""
    return replace(where, wanted=(*where.wanted, (key, _values(key, text))))


def _values(key: Key, text: str) -> frozenset[Value]:
    if text == UNSAID:
        return frozenset({None})
    number = number_in(text)
    if number is None and not is_term(key):
        raise NotFound("This report has no such row.")
    return frozenset({text} if number is None else {text, number})
