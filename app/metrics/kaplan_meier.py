"""Metrics: how long it takes when some still wait (METRICS.md 2.10).  Pure.

Kaplan and Meier, J. Am. Stat. Assoc. 53, 1958, page 457; events before censorings at a tie.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, log, sqrt
from typing import NamedTuple

from app.metrics.figures import Z

_BEFORE = -(2**63)
_HALF = 0.5 + 1e-12
"""What is exactly a half comes out of the product a little above it."""


class Left(NamedTuple):
    """What holds from a time on at which somebody left without an end, until the next who did.

    `ended` is how many had ended by then, `waiting` how many wait right after it, `share` what S(t) is,
    and `variance` Greenwood's sum.
    """

    time: int
    ended: int
    waiting: int
    share: float
    variance: float


class Estimate(NamedTuple):
    """S(t): the share of 1 that still waits, with its 95 % interval, and how many are still watched."""

    share: float
    low: float
    high: float
    waiting: int


@dataclass(frozen=True, slots=True)
class Survival:
    """The estimate of S(t): the times that ended, ascending, and what holds between those that left.

    Between two losses the product of the estimate telescopes, and so does Greenwood's sum: any S(t) is a
    search, and nothing is kept for each of a million ends.
    """

    ends: Sequence[int]
    losses: Sequence[Left]
    censored: int

    @property
    def events(self) -> int:
        """How many ended with what was waited for."""
        return len(self.ends)

    @property
    def median(self) -> int | None:
        """The smallest t with S(t) of a half at most."""
        for left, after in zip(self.losses, [*self.losses[1:], None], strict=True):
            last = after.ended if after else len(self.ends)
            steps = range(left.ended, last)
            place = bisect_left(
                steps, True, key=lambda index: self._share(left, index + 1) <= _HALF
            )
            if place < len(steps):
                return self.ends[steps[place]]
        return None

    def at(self, time: int) -> Estimate:
        """S(t) with the 95 % interval of its logarithm's logarithm, which never leaves 0 to 1.

        Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, 2002, 1.4, with the
        variance of Greenwood (Reports on Public Health 33, 1926).  Where nothing ended yet, and where
        nobody is left, there is no width.
        """
        left = self.losses[bisect_right(self.losses, time, key=lambda each: each.time) - 1]
        ended = bisect_right(self.ends, time)
        waiting = left.waiting - (ended - left.ended)
        share = self._share(left, ended)
        if not 0 < share < 1:
            return Estimate(share, share, share, waiting)
        variance = left.variance + 1 / waiting - 1 / left.waiting if waiting else left.variance
        spread = Z * sqrt(variance) / abs(log(share))
        low, high = (share ** exp(sign * spread) for sign in (1, -1))
        return Estimate(share, low, high, waiting)

    def _share(self, left: Left, ended: int) -> float:
        """S after as many have ended, in the stretch after a loss."""
        if ended == left.ended:
            return left.share
        return left.share * ((left.waiting - (ended - left.ended)) / left.waiting)


def survival(events: Iterable[int], censored: Iterable[int]) -> Survival:
    """The estimate from times that ended with what was waited for, and times that ended without."""
    ends, lost = array("q", sorted(events)), sorted(censored)
    left = Left(_BEFORE, 0, len(ends) + len(lost), 1.0, 0.0)
    losses = [left]
    for time, some in groupby(lost):
        ended = bisect_right(ends, time)
        waiting = left.waiting - (ended - left.ended)
        share = left.share * (waiting / left.waiting)
        variance = left.variance + 1 / waiting - 1 / left.waiting
        left = Left(time, ended, waiting - len([*some]), share, variance)
        losses.append(left)
    return Survival(ends, losses, len(lost))
