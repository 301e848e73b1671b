"""The slot for what can be found: rooms above offer their sources, wiring installs them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, String, and_, bindparam, func, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.search.asked import Asked
from app.search.document import Document, Shown


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a room offers to the search.

    The index is only ever a hint: `shown` reads the things from the database, and leaves out those
    that the viewer may not see.
    """

    kind: str
    documents: Callable[[Sequence[str]], Iterable[Document]]
    """The documents of these things, for the index; none for a thing that nobody should find."""
    refs: Callable[[], Sequence[str]]
    """All ids of the room, to build the index anew."""
    shown: Callable[[Sequence[str], Any, Asked], Sequence[Shown]]
    """The things with these ids, as the viewer may see them, in any order."""
    titled: Callable[[Asked, Any, int], Sequence[str]]
    """Ids of things with all the words in the title, the newest first, for want of an index."""


def init_app(app: Flask, sources: Iterable[Source]) -> None:
    """Install the sources."""
    app.extensions["search_sources"] = {source.kind: source for source in sources}


def installed() -> dict[str, Source]:
    """The sources by their kinds."""
    found: dict[str, Source] = current_app.extensions["search_sources"]
    return found


def saying_all(column: InstrumentedAttribute[str], words: int) -> ColumnElement[bool]:
    """The condition that a column holds the beginnings of all of so many words.

    The statement is given `Asked.patterns` as values, so that it need not be made for every search.
    """
    return and_(*_saying(column, words))


def saying_some(column: InstrumentedAttribute[str], words: int) -> ColumnElement[bool]:
    """The condition that a column holds the beginning of one of so many words; values as above."""
    return or_(*_saying(column, words))


def _saying(column: InstrumentedAttribute[str], words: int) -> Iterator[ColumnElement[bool]]:
    for number in range(words):
        yield func.lower(column).like(bindparam(f"say{number}", type_=String), escape="/")
