"""Metrics: a part of a figure's cases: those of one bar, or of one hour of the week."""

from calendar import day_name
from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Slice:
    """Values in [least, below), and instants of one weekday, 0 for Monday, and one hour of the zone."""

    least: int | None = None
    below: int | None = None
    weekday: int | None = None
    hour: int | None = None

    def __bool__(self) -> bool:
        return self != WHOLE

    @property
    def arguments(self) -> dict[str, int | None]:
        """As arguments of an address."""
        return {
            "least": self.least,
            "below": self.below,
            "weekday": self.weekday,
            "hour": self.hour,
        }

    @property
    def day_name(self) -> str:
        """The weekday in a word, or nothing."""
        return "" if self.weekday is None else day_name[self.weekday]

    def holds(self, value: int) -> bool:
        """Whether a value lies in it."""
        return (self.least is None or self.least <= value) and (
            self.below is None or value < self.below
        )

    def holds_at(self, at: datetime, *, zone: tzinfo) -> bool:
        """Whether an instant lies in it."""
        local = at.astimezone(zone)
        return self.weekday in (None, local.weekday()) and self.hour in (None, local.hour)


WHOLE = Slice()
