"""The doorbell: tells the worker that there may be jobs.

Jobs are rows of the application's database; a ring may be lost at any time, then the worker finds
them at its next round.  The bell's file is `instance/huey.db`, never the application's own: huey uses
the SQLite of Python's library, we use another, and two libraries on one file break its locks.
"""

import sqlite3
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from huey import SqliteHuey

from app.core.settings import Settings

ENOUGH = 10
"""Rings that wait for an answer; with no worker to hear them, more would only fill the file."""


class Doorbell:
    """A huey with one task, `look`, which calls whoever answers the bell."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.answer: Callable[[], None] = lambda: None

    @cached_property
    def huey(self) -> Any:
        """The huey, opened when first needed: a web process that rings nothing opens no file."""
        return SqliteHuey("hearth", filename=str(self._path), results=False)

    @cached_property
    def look(self) -> Any:
        """The task: calling it puts it in huey's queue."""
        return self.huey.task(name="look")(lambda: self.answer())


def init_app(app: Flask, settings: Settings) -> None:
    """Hang up the bell."""
    app.extensions["doorbell"] = Doorbell(settings.instance / "huey.db")


def bell() -> Doorbell:
    """The bell of the present application."""
    found: Doorbell = current_app.extensions["doorbell"]
    return found


def ring() -> None:
    """Ask the worker to look now.  Never fails: the worker looks by itself soon enough."""
    try:
        if len(bell().huey) < ENOUGH:
            bell().look()
    except (sqlite3.Error, OSError) as fault:
        current_app.logger.warning("doorbell not rung: %s", fault)
