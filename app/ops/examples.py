"""Examples that other rooms keep for the demo company: `ops` does not know them, wiring does."""

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from app.accounts.user import User

Exemplify = Callable[[User], None]
"""Keeps something of a room for a lead of the demo company."""

_SLOT = "demo_examples"


def init_app(app: Flask, examples: Sequence[Exemplify]) -> None:
    """Install them."""
    app.extensions[_SLOT] = tuple(examples)


def keep_all(by: User) -> None:
    """Keep the examples of every room."""
    examples: tuple[Exemplify, ...] = current_app.extensions[_SLOT]
    for exemplify in examples:
        exemplify(by)
