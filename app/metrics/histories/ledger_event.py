"""Metrics: one fact as it stands in the ledger, in plain values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


class LedgerEvent(NamedTuple):
    """A row of `ticket_events` (METRICS.md 6.1), as far as figures need it.

    A named tuple, not a dataclass: a report makes one for every row of the ledger, and this is the
    cheapest immutable thing Python has.  Times are aware UTC.  `actor_id` is whoever acted.
    """

    ticket_id: int
    seq: int
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    payload: Mapping[str, Any]
    actor_id: int | None = None
