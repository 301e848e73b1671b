"""The facts that this room announces."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """A calendar was made, or other hours count by it from a day on."""

    calendar_id: int
