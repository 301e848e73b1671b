"""Metrics: how durations are spread, in stretches that double or so.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.metrics.sample import Evidence

_M, _H, _D = 60, 3600, 86_400
EDGES = (
    15 * _M, 30 * _M, _H, 2 * _H, 4 * _H, 8 * _H, _D, 2 * _D, 4 * _D, 7 * _D, 14 * _D, 28 * _D,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """How many took at least `least` seconds and less than `below`; None on a side means no limit there."""

    least: int | None
    below: int | None
    count: int


def distribution(sample: Evidence) -> Sequence[Stretch]:
    """The stretches, from short to long; nothing of nothing."""
    if not (n := len(sample.ordered)):
        return ()
    reached = [n, *(sample.count_from(edge) for edge in EDGES), 0]
    ends = [None, *EDGES, None]
    return [
        Stretch(least, below, more - fewer)
        for (least, below), (more, fewer) in zip(pairwise(ends), pairwise(reached), strict=True)
    ]
