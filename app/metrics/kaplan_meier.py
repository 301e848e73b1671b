"""Metrics: how long it takes when some still wait (METRICS.md 2.10).  Pure.

Kaplan and Meier, J. Am. Stat. Assoc. 53, 1958, page 457; events before censorings at a tie.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Survival:
    """The steps of S(t): after so many seconds, a share of 1 still waits; ends and losses as counts."""

    steps: tuple[tuple[int, float], ...]
    events: int
    censored: int

    @property
    def median(self) -> int | None:
        """The smallest t with S(t) of a half at most."""
        return next((t for t, share in self.steps if share <= 0.5), None)


def survival(events: Iterable[int], censored: Iterable[int]) -> Survival:
    """The estimate from times that ended with what was waited for, and times that ended without."""
    ended, lost = sorted(events), sorted(censored)
    at_risk, share, place = len(ended) + len(lost), 1.0, 0
    steps: list[tuple[int, float]] = []
    index = 0
    while index < len(ended):
        time, first = ended[index], index
        while place < len(lost) and lost[place] < time:
            place += 1
        while index < len(ended) and ended[index] == time:
            index += 1
        waiting = at_risk - first - place
        # Without a loss since the last step the product telescopes: keep it exact where it can be.
        share = (
            (at_risk - index) / at_risk
            if place == 0
            else share * (waiting - (index - first)) / waiting
        )
        steps.append((time, share))
    return Survival(tuple(steps), len(ended), len(lost))
