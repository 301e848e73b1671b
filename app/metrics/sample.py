"""Metrics: what a figure is made of, ticket by ticket: its evidence."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.metrics.exclusions import Reason

SETTLES_AFTER = timedelta(days=7)
"""W of METRICS.md 2.5: a resolution is final this long after it."""


class Sample:
    """The cases of one metric in one period, and the tickets that are not among them.

    A case is a ticket id and a value: seconds of a duration, 1 or 0 of a rate, or a rating.
    `excluded` lists ticket ids by reason (METRICS.md 2.8), `also` lists ticket ids that the
    definition wants named beside the figure, such as those still waiting.  Machine integers, not
    objects: 16 bytes a case, however large the desk.
    """

    def __init__(self, *, also: Iterable[str] = ()) -> None:
        self.ticket_ids = _integers()
        self.values = _integers()
        self.excluded: dict[Reason, array[int]] = defaultdict(_integers)
        self.also: dict[str, array[int]] = {name: _integers() for name in also}

    def count(self, ticket_id: int, value: int) -> None:
        """Add a case."""
        self.ticket_ids.append(ticket_id)
        self.values.append(value)

    def leave_out(self, ticket_id: int, reason: Reason) -> None:
        """Add an exclusion."""
        self.excluded[reason].append(ticket_id)

    def name(self, ticket_id: int, aside: str) -> None:
        """Name a ticket beside the figure."""
        self.also[aside].append(ticket_id)


def settled(at: datetime, *, as_of: datetime) -> bool:
    """True when W has passed since the resolution (METRICS.md 2.7)."""
    return as_of >= at + SETTLES_AFTER


def _integers() -> "array[int]":
    return array("q")
