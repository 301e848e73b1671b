"""Hearth: a support desk.  The map of the house is in ARCHITECTURE.md beside this file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.core.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Build the application; without `settings` they are read from the environment.

    Raises `app.core.settings.InvalidSettings`, which names every fault at once.
    """
    from app.factory import build

    return build(settings)
