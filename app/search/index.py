"""The index: kept up to date by the worker, built anew by the worker or by a command."""

from collections.abc import Callable, Iterable, Iterator

from flask import Flask, current_app

from app.core import uow
from app.core.settings import Settings
from app.search import sources
from app.search.document import Document, Thing
from app.search.engines.whoosh import WhooshEngine

AT_ONCE = 200

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
            yield from source.documents(some)
            uow.let_go()  # an index is not worth a long read transaction
            progress(len(some))


def _documents(things: Iterable[Thing]) -> Iterator[Document]:
    by_kind: dict[str, list[str]] = {}
    for kind, ref in things:
        by_kind.setdefault(kind, []).append(ref)
    for kind, refs in by_kind.items():
        yield from sources.installed()[kind].documents(refs)
