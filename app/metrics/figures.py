"""Metrics: statistics of a sample (METRICS.md 2.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

Z = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of n, with its Wilson 95 % interval; fractions of 1, None when n is 0."""

    hits: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def nearest_rank(ordered: Sequence[int], *, percent: int) -> int | None:
    """The percentile of ascending values by nearest rank, `[ceil(p * n) - 1]`; None of nothing."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[rank - 1] if ordered else None


def median_interval(ordered: Sequence[int]) -> tuple[int, int] | None:
    """The 95 % interval of the median of ascending values, by order statistics.

    The ranks come from the normal approximation of the binomial with half a rank of correction
    (Conover, Practical Nonparametric Statistics, 1999, 3.2).  None of fewer than six values, which
    bound nothing with that certainty.
    """
    n = len(ordered)
    rank = floor((n + 1 - Z * sqrt(n)) / 2)
    return (ordered[rank - 1], ordered[n - rank]) if rank >= 1 else None


def whole_mean(total: int, n: int) -> int | None:
    """The mean of n values, rounded half up to a whole number; None of nothing."""
    return (2 * total + n) // (2 * n) if n else None


def rate(hits: int, n: int) -> Rate:
    """The share with its interval by Wilson (J. Am. Stat. Assoc. 22, 1927, page 209)."""
    if n == 0:
        return Rate(hits, n, None, None, None)
    share, z2 = hits / n, Z * Z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half_width = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Rate(
        hits,
        n,
        share,
        low=centre - half_width if hits else 0.0,
        high=centre + half_width if hits < n else 1.0,
    )
