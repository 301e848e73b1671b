"""Metrics: a question that somebody keeps, and what it means on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.core.errors import InvalidInput
from app.metrics.asking import NOTHING, where_asked
from app.metrics.day_span import DaySpan, Step
from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.metric import Hours, Metric
from app.metrics.filtering import PERSONAL, Key
from app.metrics.picture.asked import Asked
from app.metrics.saved.spans import Moving, days_before, days_of

Grouping = Key | Step | None
FIGURES = {id: each for id, each in CATALOGUE.items() if each.hours is not Hours.BUSINESS}
"""What can be chosen: durations go by one id, and the question says in which hours they count."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A period that moves, or fixed days; conditions as `where_asked` reads them; a grouping; figures.

    It is what a saved report holds, and it means other days every day.
    """

    moving: Moving | None = Moving.LAST_28
    days: DaySpan = DaySpan()
    hours: Hours = Hours.CALENDAR
    conditions: tuple[str, ...] = ()
    by: Grouping = None
    ids: tuple[str, ...] = ()

    @property
    def metrics(self) -> Sequence[Metric]:
        """The figures in the hours that are asked for, where they have any."""
        asked = Asked(DaySpan(), hours=self.hours)
        return [asked.metric(id) for id in self.ids]

    def days_on(self, today: date) -> DaySpan:
        """The days that it means on a day of the reporting zone."""
        return days_of(self.moving, today=today) if self.moving else self.days

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be stored."""
        return {
            "last": self.moving,
            "from": self.days.start_on and self.days.start_on.isoformat(),
            "to": self.days.end_on and self.days.end_on.isoformat(),
            "hours": self.hours,
            "filters": [*self.conditions],
            "by": self.by,
            "metrics": [*self.ids],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Question":
        """The question again; figures that are no longer published are left out."""
        ends = (stored[name] and date.fromisoformat(stored[name]) for name in ("from", "to"))
        return cls(
            moving=Moving(stored["last"]) if stored["last"] else None,
            days=DaySpan(*ends),
            hours=Hours(stored["hours"]),
            conditions=tuple(stored["filters"]),
            by=grouping_of(stored["by"]),
            ids=tuple(id for id in stored["metrics"] if id in FIGURES),
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question means on one day; `before` are the days it is compared with, if any."""

    asked: Asked
    before: DaySpan | None
    by: Grouping
    metrics: tuple[Metric, ...]

    def asks_for(self, id: str) -> bool:
        """Whether the figure is among those asked for."""
        return any(metric.id == id for metric in self.metrics)

    @property
    def tells_of_people(self) -> bool:
        """Whether figures, also those of everything, may be of one person, of whom little is shown."""
        return self.by in PERSONAL or self.asked.tells_of_people


def meant(question: Question, *, today: date, as_of_on: date | None = None) -> Wanted:
    """What the question means on a day of the reporting zone, looked at now or at the end of a day."""
    days = question.days_on(today)
    return Wanted(
        asked=Asked(
            days=days,
            hours=question.hours,
            where=where_asked(question.conditions),
            as_of_on=as_of_on,
        ),
        before=days_before(question.moving, days, today=today),
        by=question.by,
        metrics=tuple(question.metrics),
    )


def lasting(conditions: Iterable[str]) -> tuple[str, ...]:
    """The conditions with people and organisations by number, for their names may change.

    Raises InvalidInput where one has no meaning.
    """
    made: list[str] = []
    for condition in conditions:
        ((key, found),) = where_asked([condition]).wanted
        if key in PERSONAL or key is Key.ORGANISATION:
            made += (f"{key}={NOTHING if n is None else n}" for n in sorted(found, key=str))
        else:
            made.append(condition)
    return tuple(made)


def grouping_of(name: str | None) -> Grouping:
    """What stands under a name such as "team" or "month".  Raises InvalidInput (field `by`)."""
    if not name:
        return None
    kinds: tuple[type[StrEnum], ...] = (Key, Step)
    for kind in kinds:
        if name in [*kind]:
            made: Any = kind(name)
            return made  # type: ignore[no-any-return]
    raise InvalidInput("Choose one of the groups.", field="by")
