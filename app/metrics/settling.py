"""Metrics: from when on a figure can no longer change (METRICS.md 2.5 and 2.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SETTLES_AFTER = timedelta(days=7)
"""W: a resolution is final this long after it."""
ANSWERED_WITHIN = timedelta(days=14)
"""A survey that was answered later was not."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How long after its anchor a case may change; until then it is left out, or counts provisionally."""

    window: timedelta
    leaves_out: bool

    def is_settled(self, at: datetime, *, as_of: datetime) -> bool:
        """True when the window has passed since the anchor."""
        return as_of >= at + self.window


ONLY_SETTLED = Settling(SETTLES_AFTER, leaves_out=True)
PROVISIONAL = Settling(SETTLES_AFTER, leaves_out=False)
ANSWERS = Settling(ANSWERED_WITHIN, leaves_out=False)
