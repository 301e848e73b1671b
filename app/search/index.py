"""The index: kept up to date by the worker, built anew by the worker or by a command."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from app.core import uow
from app.core.settings import Settings
from app.search import sources
from app.search.document import Document, Thing
from app.search.engines.whoosh import WhooshEngine
from app.search.sources import Source

AT_ONCE = 200

log = logging.getLogger(__name__)

Progress = Callable[[int], None]
"""Told how many more things are done."""


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its index, below the instance folder."""
    app.extensions["search"] = WhooshEngine(settings.instance / "search")


def engine() -> WhooshEngine:
    """The engine of the present application."""
    found: WhooshEngine = current_app.extensions["search"]
    return found


def update(things: Iterable[Thing]) -> None:
    """Bring these things in the index up to date with the database; build it if there is none.

    They are read under the lock, so that of two changes the later one stays.  Raises IndexBusy.
    """
    wanted = sorted({(kind, ref) for kind, ref in things if kind in sources.installed()})
    with engine().folders.locked():
        if engine().folders.current() is None:
            engine().build(_everything(lambda done: None))
        else:
            documents = list(_documents(wanted))
            uow.let_go()  # writing takes a while
            engine().replace(wanted, documents)


def rebuild(progress: Progress = lambda done: None) -> None:
    """Build the index anew beside the old one, then put it in place.  Raises IndexBusy."""
    with engine().folders.locked():
        engine().build(_everything(progress))


def size() -> int:
    """How many things there are to be found."""
    return sum(len(source.refs()) for source in sources.installed().values())


def _everything(progress: Progress) -> Iterator[Document]:
    for source in sources.installed().values():
        refs = source.refs()
        for start in range(0, len(refs), AT_ONCE):
            some = refs[start : start + AT_ONCE]
            yield from _built(source, some)
            uow.let_go()  # an index is not worth a long read transaction
            progress(len(some))


def _documents(things: Iterable[Thing]) -> Iterator[Document]:
    by_kind: dict[str, list[str]] = {}
    for kind, ref in things:
        by_kind.setdefault(kind, []).append(ref)
    for kind, refs in by_kind.items():
        yield from _built(sources.installed()[kind], refs)


def _built(source: Source, refs: Sequence[str]) -> list[Document]:
    """The documents of these things; one that cannot be built is logged and left out.

    Halving finds it in few steps among many.
    """
    try:
        return list(source.documents(refs))
    except SQLAlchemyError:  # weather: the job is tried again
        raise
    except Exception:  # whatever is wrong with one thing, the others are to be found
        if len(refs) == 1:
            log.exception("not indexed", extra={"kind": source.kind, "ref": refs[0]})
            return []
    half = len(refs) // 2
    return _built(source, refs[:half]) + _built(source, refs[half:])
