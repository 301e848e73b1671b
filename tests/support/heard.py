"""Listening to the facts that verbs announce."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app

from app.core.events import Event


@contextmanager
def heard(*kinds: type[Event]) -> Iterator[list[Event]]:
    """The facts of these kinds that are announced inside, in their order."""
    facts: list[Event] = []
    table: dict[type[Event], list[Any]] = current_app.extensions["subscriptions"]
    before = {kind: table[kind] for kind in kinds}
    table.update({kind: [*before[kind], facts.append] for kind in kinds})
    try:
        yield facts
    finally:
        table.update(before)
