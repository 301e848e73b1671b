"""Metrics: words as numbers, for pages."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.core.db import db, insert_into, plain_rows
from app.metrics.caches.metric_page import MetricTerm
from app.metrics.caches.page import Row
from app.metrics.caches.series import Kept
from app.metrics.histories.summary import Fields

_WORDS = select(MetricTerm.id, MetricTerm.text)
WORDS = ("team", "priority", "channel", "queue", "type", "tags")
"""The fields that are terms; the others are numbers of their own."""


def numbers_of(kept: Iterable[Kept]) -> dict[str, int]:
    """The number of every word in these cases; new words are written down."""
    texts = {text for fields in {each.fields for each in kept} for text in _texts(fields)}
    known = _known(texts)
    if new := sorted(texts - known.keys()):
        values = [{"text": text} for text in new]
        db.session.execute(insert_into(MetricTerm).on_conflict_do_nothing(), values)
        known = _known(texts)
    return known


def words() -> dict[int, object]:
    """Every term by its number."""
    return {id: json.loads(text) for id, text in plain_rows(_WORDS)}


def row_of(ticket_id: int, case: Kept, numbers: Mapping[str, int]) -> Row:
    """A case in whole numbers."""
    said = case.fields

    def number(value: object) -> int:
        return numbers[json.dumps(value)] if value else 0

    return Row(
        value=case.value,
        ticket_id=ticket_id,
        second=case.second,
        agent_id=case.agent_id or 0,
        team=number(said.team),
        assignee=said.assignee or 0,
        priority=number(said.priority),
        channel=number(said.channel),
        queue=number(said.queue),
        type=number(said.type),
        organisation=said.organisation or 0,
        tags=number(said.tags),
    )


def _texts(fields: Fields) -> Iterable[str]:
    return (json.dumps(value) for name in WORDS if (value := getattr(fields, name)))


def _known(texts: Iterable[str]) -> dict[str, int]:
    asked = sorted(texts)
    found: dict[str, int] = {}
    for start in range(0, len(asked), 1000):
        rows = select(MetricTerm.text, MetricTerm.id).where(
            MetricTerm.text.in_(asked[start : start + 1000])
        )
        found |= {row.text: row.id for row in db.session.execute(rows)}
    return found
