"""Metrics: when tickets come, as a table that is darker where more came.  Pure."""

from calendar import day_name
from collections.abc import Sequence
from typing import NamedTuple

SHADES = 4


class Cell(NamedTuple):
    """How many came in an hour, and how dark that is, from 0 for none to four."""

    tickets: int
    shade: int


class Weekday(NamedTuple):
    """A row: the day, its hours, and how many came in all."""

    name: str
    hours: list[Cell]
    total: int


def arrivals_table(hours: Sequence[Sequence[int]]) -> list[Weekday]:
    """A row for each weekday, Monday first; nothing where nothing came."""
    most = max((max(row) for row in hours), default=0)
    if not most:
        return []
    return [
        Weekday(name, [Cell(count, -(-SHADES * count // most)) for count in row], sum(row))
        for name, row in zip(day_name, hours, strict=True)
    ]


def busiest(hours: Sequence[Sequence[int]]) -> str:
    """The hour of the week in which most came, in words."""
    most, weekday, hour = max(
        (count, -weekday, -hour) for weekday, row in enumerate(hours) for hour, count in enumerate(row)
    )  # fmt: skip
    return f"Most come on {day_name[-weekday]}s between {-hour}:00 and {1 - hour}:00: {most}."
