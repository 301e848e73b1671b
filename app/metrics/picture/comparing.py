"""Metrics: is a figure better or worse than an earlier one, or can nobody tell.  Pure."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from app.core.web.filters import duration, number, plural
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.reports.figures_of import FEW

_LESS_IS_BETTER = frozenset({"reopen_rate"})
_ICONS = {-1: "arrow-down", 0: "minus", 1: "arrow-up"}


@dataclass(frozen=True, slots=True)
class Change:
    """In words, with the name of an icon; `tone` is "good", "bad" or nothing."""

    words: str
    icon: str
    tone: str = ""


def change(metric: Metric, now: dict[str, Any], then: dict[str, Any]) -> Change | None:
    """What changed; None where one of the two is made of too few cases to say.

    Better or worse is only said where the 95 % interval of the difference leaves out zero.
    """
    if metric.unit is Unit.TICKETS:
        return _of_stock(now["value"] - then["value"])
    if min(now["n"], then["n"]) < FEW or None in (now["low"], then["low"]):
        return None
    low, high = difference(now, then)
    if low <= 0 <= high:
        return Change("No clear change", "minus")
    return _said(metric, now["value"] - then["value"])


def difference(now: dict[str, Any], then: dict[str, Any]) -> tuple[float, float]:
    """The 95 % interval of the difference of two values that each have one.

    The square-and-add rule (Zou and Donner, Statistics in Medicine 27, 2008, page 1693); for shares with
    Wilson intervals it is Newcombe's (Statistics in Medicine 17, 1998, page 873, method 10).
    """
    step = now["value"] - then["value"]
    down = sqrt((now["value"] - now["low"]) ** 2 + (then["high"] - then["value"]) ** 2)
    up = sqrt((now["high"] - now["value"]) ** 2 + (then["value"] - then["low"]) ** 2)
    return step - down, step + up


def _said(metric: Metric, step: float) -> Change:
    less_is_better = metric.unit is not Unit.FRACTION or metric.id in _LESS_IS_BETTER
    tone = "good" if (step < 0) == less_is_better else "bad"
    match metric.unit:
        case Unit.SECONDS:
            words = f"{duration(abs(step))} {'faster' if step < 0 else 'slower'}"
        case Unit.FRACTION:
            words = plural(max(1, round(abs(100 * step))), "point")
        case _:
            words = f"{number(abs(step))} {'fewer' if step < 0 else 'more'}"
    return Change(words, _ICONS[-1 if step < 0 else 1], tone)


def _of_stock(step: int) -> Change:
    """A count has no interval."""
    if not step:
        return Change("No change", "minus")
    words = f"{number(abs(step))} {'fewer' if step < 0 else 'more'}"
    return Change(words, _ICONS[-1 if step < 0 else 1], "good" if step < 0 else "bad")
