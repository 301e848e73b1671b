"""Events: facts that one room announces and others, which wiring names, hear."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened.  Its fields are ids and plain values, never objects."""


Reaction = Callable[[Any], None]


def init_app(app: Flask, subscriptions: Mapping[type[Event], Sequence[Reaction]]) -> None:
    """Install the table of who listens to what."""
    app.extensions["subscriptions"] = dict(subscriptions)


def publish(event: Event) -> None:
    """Tell every reaction listed for the event, in order, inside the present transaction.

    Raises KeyError for an event without a line in the table: an empty list is a decision, a
    missing line is not.
    """
    for react in current_app.extensions["subscriptions"][type(event)]:
        react(event)
