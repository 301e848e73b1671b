"""Metrics: the tickets behind a figure of a saved report, or behind that of one of its groups."""

from dataclasses import dataclass, replace

from app.core.errors import NotFound
from app.metrics import evidence
from app.metrics.asking import number_in
from app.metrics.caches.sieve import is_term
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.metric import Metric
from app.metrics.filtering import Key, Value, Where
from app.metrics.reports.figures_of import is_hidden, is_of_few
from app.metrics.sample import Sample
from app.metrics.saved.making import UNSAID, Made
from app.metrics.standing import standing


@dataclass(frozen=True, slots=True)
class Part:
    """The days and the cases of a row, and whether they may be those of one person."""

    days: DaySpan
    where: Where
    is_person: bool


def part_of(made: Made, key: str) -> Part:
    """What a row of the report is made of; of no key, everything.  Raises NotFound."""
    wanted, days, where = made.wanted, made.wanted.asked.days, made.wanted.asked.where
    is_person = wanted.tells_of_people
    if not key:
        return Part(days, where, is_person=is_person)
    match wanted.by:
        case Key():
            return Part(days, _narrowed(where, wanted.by, key), is_person=is_person)
        case Step():
            found = next((group.days for group in made.groups if group.key == key), None)
            if found:
                return Part(found, where, is_person=is_person)
    raise NotFound("This report has no such row.")


def sample(metric: Metric, part: Part) -> Sample | None:
    """Its tickets, as of now; None where they would tell too much about one person."""
    found = evidence.sample(metric, part.days, stand=standing(where=part.where))
    return None if part.is_person and is_hidden(metric, found) else found


def tells_values(part: Part, found: Sample) -> bool:
    """Whether the values of its tickets may be told; those of few of one person's may not."""
    return not (part.is_person and is_of_few(found))


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
