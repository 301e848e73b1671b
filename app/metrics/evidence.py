"""Metrics: the tickets behind a figure, counted or left out by name, as pages of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.accounts.user import Person
from app.metrics.catalogue import Metric
from app.metrics.queries import tickets_shown
from app.metrics.sample import Sample

ROWS = 50
COUNTED = "counted"
WORDS = {
    COUNTED: "Counted",
    "waiting": "Still waiting",
    "without_reply": "Without a reply",
    "provisional": "May still change",
    "delivered": "Asked",
    "suppressed": "Not asked",
    "spam": "Left out: spam",
    "test_or_deleted": "Left out: deleted",
    "internal": "Left out: asked by staff",
    "imported_no_times": "Left out: imported without times",
    "agent_initiated": "Left out: opened by us",
    "closed_unanswered": "Left out: closed unanswered",
    "no_reply": "Left out: no reply",
    "unsettled": "Left out: not settled yet",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a figure's evidence: its name in addresses, its words and its length."""

    key: str
    words: str
    length: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One case; `ticket` (id, subject, status) is None when this reader may not see it."""

    number: int
    said: str
    ticket: Any


def listings(sample: Sample) -> list[Listing]:
    """The lists that are not empty, what was counted first, and that even when it is."""
    lengths = {COUNTED: len(sample.values)}
    lengths |= {name: len(ids) for name, ids in sample.also.items() if ids}
    lengths |= {reason.value: len(ids) for reason, ids in sorted(sample.excluded.items())}
    return [Listing(key, WORDS[key], length) for key, length in lengths.items()]


def rows(metric: Metric, sample: Sample, *, key: str, page: int, by: Person) -> list[EvidenceRow]:
    """A page of one list, the highest ticket numbers first, in one statement."""
    cases = sorted(_cases(metric, sample, key), reverse=True)[(page - 1) * ROWS : page * ROWS]
    tickets = tickets_shown([number for number, _ in cases], to=by)
    return [EvidenceRow(number, said, tickets.get(number)) for number, said in cases]


def _cases(metric: Metric, sample: Sample, key: str) -> Sequence[tuple[int, str]]:
    if key == COUNTED:
        said = map(metric.say, sample.values)
        return list(zip(sample.ticket_ids, said, strict=True))
    ids = {**sample.also, **{why.value: ids for why, ids in sample.excluded.items()}}[key]
    return [(number, "") for number in ids]
