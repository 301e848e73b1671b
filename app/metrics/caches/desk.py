"""Metrics: who is on the desk now, in numbers, from what is kept."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.metrics.caches.ages import Ages
from app.metrics.caches.fetching import rows_of
from app.metrics.caches.page import only, values_in
from app.metrics.caches.series import DESK, ON_DESK, OPEN_AGE
from app.metrics.caches.sieve import passing, sieve_of
from app.metrics.caches.stand import Stand
from app.metrics.day_span import DaySpan
from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.exclusions import Reason
from app.metrics.period import midnight


@dataclass(frozen=True, slots=True)
class DeskSample:
    """The evidence of a figure of the desk: ages, and how many stand beside it."""

    ordered: Ages
    left_out: Mapping[str, int]

    @property
    def total(self) -> int:
        """The sum of the ages."""
        return self.ordered.total

    def count_from(self, least: int) -> int:
        """How many are as old."""
        return sum(age >= least for age in self.ordered)

    @property
    def also(self) -> Mapping[str, range]:
        """Nothing is named beside it."""
        return {}

    @property
    def excluded(self) -> Mapping[Reason, range]:
        """How many were left out, by reason."""
        return {Reason(name): range(n) for name, n in sorted(self.left_out.items())}


def desk_now(stand: Stand) -> dict[str, DeskSample]:
    """The samples of the backlog and of the ages of open tickets, in a constant number of statements."""
    sieve = sieve_of(stand.where)
    columns = ("series", "day_on", "numbers", "rest" if sieve else "n")
    days: dict[str, list[tuple[datetime, array[int]]]] = {DESK: [], OPEN_AGE: []}
    left_out: dict[str, dict[str, int]] = {DESK: {}, OPEN_AGE: {}}
    for series, day_on, numbers, more in rows_of(ON_DESK, DaySpan(), *columns, shelf=stand.shelf):
        base, name = ON_DESK[series]
        values = values_in(numbers)
        if sieve:
            values = only(values, passing(more, sieve))
        if name == COUNTED:
            days[base].append((midnight(day_on, zone=stand.zone), values))
        elif values:
            left_out[base][name] = left_out[base].get(name, 0) + len(values)
    return {
        id: DeskSample(Ages(days[base], as_of=stand.as_of), left_out[base])
        for id, base in (("backlog", DESK), ("open_age", OPEN_AGE))
    }
