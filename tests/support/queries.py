"""Counting the statements that a piece of work sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from app.core.db import db

LOOKS = ("FROM cache_stamps", " AS heard_at", "users.session_key = ")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside, as they come.

    Without the looks at the stamps of kept pages and at how mail is doing, which a process takes every
    few seconds at most, and at who is asking, whom it remembers.
    """
    statements: list[str] = []

    def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        if statement != "BEGIN" and not any(look in statement for look in LOOKS):
            statements.append(statement)

    engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def at_most(number: int) -> Iterator[None]:
    """Fail, and show them, when more statements are sent inside."""
    with counted() as statements:
        yield
    assert len(statements) <= number, "\n\n".join(statements)
