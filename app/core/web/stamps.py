"""The numbers of the table `cache_stamps` as this process knows them."""

import logging
from threading import Lock
from time import monotonic

from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.core.db import db

LOOK_EVERY_S = 1.0

log = logging.getLogger(__name__)


class Stamps:
    """Reads the table at most once a second."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._statement = "SELECT name, number FROM cache_stamps"
        self._known: dict[str, int] | None = None
        self._look_at = 0.0
        self._looking = Lock()

    def current(self) -> dict[str, int] | None:
        """Every stamp and its number, at most a second old; None while they cannot be read.

        One thread looks, the others go on with what is known until it has.
        """
        if monotonic() < self._look_at:
            return self._known
        if not self._looking.acquire(blocking=self._known is None):
            return self._known
        try:
            if monotonic() < self._look_at:
                return self._known
            self._look_at = monotonic() + LOOK_EVERY_S
            self._known = self._read()
        finally:
            self._looking.release()
        return self._known

    def watch(self, name: str, number: str) -> None:
        """Let this SQL expression be a stamp too: one that moves by itself whenever it matters."""
        self._statement += f" UNION ALL SELECT '{name}', ({number})"

    def forget(self) -> None:
        """Look again at the next occasion: this process is about to change a number."""
        self._look_at = 0.0
        self._known = None

    def _read(self) -> dict[str, int] | None:
        try:
            with self.app.app_context(), db.engines["reader"].connect() as connection:
                return {row.name: row.number for row in connection.execute(text(self._statement))}
        except SQLAlchemyError:
            log.exception("cache stamps cannot be read")
            return None
