"""Metrics: hide figures that say too much of one person, so that nobody works them out (METRICS.md 5)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from app.metrics.definitions.metric import Unit
from app.metrics.filtering import PERSONAL

FEWEST = 5
"""Figures of one person are hidden below this many cases."""
FEWEST_ROWS = 2

K = TypeVar("K")
Figure = dict[str, Any]


def hidden(figure: Figure) -> Figure:
    """What may be told of it all the same: how many cases; of the desk everything but an age."""
    if figure["unit"] == Unit.TICKETS.value:
        return {**figure, "oldest": None}
    return {"value": None, "n": figure["n"], "unit": figure["unit"], "hidden": True}


def hides_something(figure: Figure) -> bool:
    """Whether it was hidden, and there was something to hide."""
    if figure["unit"] == Unit.TICKETS.value:
        return bool(figure["n"]) and figure["oldest"] is None
    return bool(figure["n"]) and "hidden" in figure


def guarded(
    rows: Mapping[K, Mapping[str, Figure]], *, by: StrEnum | None
) -> dict[K, dict[str, Figure]]:
    """The rows of a table, by id of their figures, in which no hidden figure is the whole less the others.

    Beside hidden ones the smallest that are shown are hidden, until these are two rows and five cases at
    least: secondary suppression (Hundepool and others, Statistical Disclosure Control, 2012, chapter 4).
    By person, None is nobody, for whose sake nothing is hidden.
    """
    made = {key: {**figures} for key, figures in rows.items()}
    for id in {id for figures in rows.values() for id in figures}:
        of_rows = {key: figures[id] for key, figures in rows.items() if id in figures}
        for key in _also_hidden(of_rows, by):
            made[key][id] = hidden(of_rows[key])
    return made


def _also_hidden(figures: Mapping[K, Figure], by: StrEnum | None) -> Iterator[K]:
    """The rows whose figure has to be hidden for the sake of another."""
    few = {key: figure["n"] for key, figure in figures.items() if hides_something(figure)}
    if all(_is_nobody(key, by) for key in few):
        return
    rows, cases = len(few), sum(few.values())
    shown = {key: each["n"] for key, each in figures.items() if each["n"] >= FEWEST}
    for key in sorted(shown, key=lambda key: (_is_nobody(key, by), shown[key], str(key))):
        if rows >= FEWEST_ROWS and cases >= FEWEST:
            return
        rows, cases = rows + 1, cases + shown[key]
        yield key


def _is_nobody(key: object, by: StrEnum | None) -> bool:
    return key is None and by in PERSONAL
