"""Metrics: what a published figure is: how it is made, what it means, how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.metrics.definitions.entry import Definition
from app.metrics.settling import Settling

PROVISIONAL_LIST = "provisional"


class Unit(StrEnum):
    """What a figure counts in."""

    SECONDS = "s"
    FRACTION = "fraction"
    TICKETS = "tickets"
    COUNT = "count"


class Hours(StrEnum):
    """Which hours a duration counts."""

    CALENDAR = "calendar"
    BUSINESS = "business"


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One published figure.

    `dated` says in a sentence what puts a case into a period, `noun` what a case is, `say` its value
    in words; values from `hit_from` on make the numerator of a rate; `asides` are the lists beside
    the figure.  `dated_by_anchor` is False for figures of an instant.  `rated` adds the mean rating and
    the response rate, `survives` the Kaplan-Meier median over those that still wait.
    """

    id: str
    name: str
    unit: Unit
    entries: Definition
    dated: str
    definition: str
    say: Callable[[int], str]
    noun: str = "ticket"
    hit_from: int = 1
    settling: Settling | None = None
    asides: tuple[str, ...] = ()
    hours: Hours | None = None
    dated_by_anchor: bool = True
    rated: bool = False
    survives: bool = False
    version: int = 1

    @property
    def lists(self) -> tuple[str, ...]:
        """The asides, with `provisional` where a case may still change and counts."""
        provisional = self.settling and not self.settling.leaves_out
        return (*self.asides, PROVISIONAL_LIST) if provisional else self.asides
