"""Metrics: words as numbers, for pages."""

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import select

from app.core.db import db, insert_into, plain_rows
from app.metrics.caches.metric_page import MetricTerm
from app.metrics.caches.page import Row
from app.metrics.caches.series import Kept
from app.metrics.filtering import Key
from app.metrics.histories.summary import Fields

WORDS = ("team", "priority", "channel", "queue", "type", "tags")
"""The fields that are terms; the others are numbers of their own."""
_COLUMNS = Fields._fields
_TERMS = select(MetricTerm.id, MetricTerm.field, MetricTerm.text)


class Term(NamedTuple):
    """A word of a field, as JSON."""

    field: str
    text: str


class Used(NamedTuple):
    """Queues and types that tickets had, in order, as people write them."""

    queues: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class Numbers(dict[Term, int]):
    """The number of each word."""

    def __init__(self, *known: Mapping[Term, int]) -> None:
        super().__init__(*known)
        self._columns: dict[Fields, tuple[int, ...]] = {}

    def columns(self, said: Fields) -> tuple[int, ...]:
        """What was said of a ticket, in the order of a row's columns; many cases share it."""
        found = self._columns.get(said)
        if found is None:
            found = self._columns[said] = tuple(
                self._number(field, value) for field, value in zip(_COLUMNS, said, strict=True)
            )
        return found

    def _number(self, field: str, value: Any) -> int:
        if not value:
            return 0
        return self[Term(field, _text(value))] if field in WORDS else int(value)


def numbers_of(kept: Iterable[Kept]) -> Numbers:
    """The number of every word in these cases; new words are written down."""
    terms = {term for fields in {each.fields for each in kept} for term in _terms(fields)}
    known = _known(terms)
    if new := sorted(terms - known.keys()):
        values = [term._asdict() for term in new]
        db.session.execute(insert_into(MetricTerm).on_conflict_do_nothing(), values)
        known = _known(terms)
    return Numbers(known)


def all_numbers() -> Numbers:
    """The number of every word that was ever written down."""
    return Numbers({Term(field, text): id for id, field, text in plain_rows(_TERMS)})


def words() -> dict[int, object]:
    """Every word by its number."""
    return {id: json.loads(text) for id, _, text in plain_rows(_TERMS)}


def used() -> Used:
    """The queues and types that this desk knows, so that no page offers a filter for nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    for _, field, text in plain_rows(_TERMS):
        found[field].append(str(json.loads(text)))
    return Used(*(tuple(sorted(found[field])) for field in (Key.QUEUE, Key.TYPE)))


def row_of(ticket_id: int, case: Kept, numbers: Numbers) -> Row:
    """A case in whole numbers."""
    said = numbers.columns(case.fields)
    return Row(case.value, ticket_id, case.second, case.agent_id or 0, *said)


def _terms(fields: Fields) -> Iterable[Term]:
    return (Term(name, _text(value)) for name in WORDS if (value := getattr(fields, name)))


@lru_cache(maxsize=10_000)
def _text(value: Hashable) -> str:
    return json.dumps(value)


def _known(terms: Iterable[Term]) -> dict[Term, int]:
    asked = sorted({term.text for term in terms})
    found: dict[Term, int] = {}
    for start in range(0, len(asked), 1000):
        rows = _TERMS.where(MetricTerm.text.in_(asked[start : start + 1000]))
        found |= {Term(row.field, row.text): row.id for row in db.session.execute(rows)}
    return found
